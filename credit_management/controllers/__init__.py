from . import aging, payment, portal
