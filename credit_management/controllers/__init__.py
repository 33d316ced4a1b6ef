from . import aging, confirmation, payment, portal, statement, statement_list, statement_payment
