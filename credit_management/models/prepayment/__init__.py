from . import (
    payment_link_wizard,
    payment_transaction,
    res_company,
    sale_make_invoice_advance,
    sale_order_deposit,
    sale_order_deposit_text,
    sale_order_prepayment,
)
