from . import project, project_milestone, sale_order
