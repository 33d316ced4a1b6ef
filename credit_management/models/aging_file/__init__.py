from . import credit_open_item_export, credit_open_item_pdf
