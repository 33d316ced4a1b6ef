from . import aging, confirmation, deposit, notice, payment, portal, statement, statement_list, statement_payment
