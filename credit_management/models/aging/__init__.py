from . import (
    credit_bucket_set,
    credit_aging_options,
    credit_open_item,
    credit_open_item_joined,
    credit_open_item_mark,
    credit_open_item_planned,
    credit_open_item_covered,
    credit_open_item_numbers,
    credit_open_item_since,
    credit_open_item_page,
    credit_open_item_unfold,
)
