from . import aging, confirmation, notice, payment, portal, statement, statement_list, statement_payment
