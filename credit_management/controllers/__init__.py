from . import aging, payment, portal, statement
