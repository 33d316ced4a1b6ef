"""Names of the payment on account."""

MODE = "credit"
DEFAULT_PAYMENT_METHOD_CODES = {"on_account"}
