from . import credit_fact
