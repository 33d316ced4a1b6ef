"""Which notice of an item comes next, and why none does: plain functions of plain values."""

BEFORE_DUE, AFTER_DUE, AFTER_MONTH_END, AFTER_NOTICE = "before", "due", "month_end", "notice"
