from . import aging, payment, portal, statement, statement_list, statement_payment
