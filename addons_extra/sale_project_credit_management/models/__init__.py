from . import project, sale_order
