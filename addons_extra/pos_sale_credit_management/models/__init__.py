from . import credit_exposure, credit_fact, pos_order, sale_order
