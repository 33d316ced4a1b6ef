from . import credit_exposure, pos_order, sale_order
