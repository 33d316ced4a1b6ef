from . import test_milestones, test_project
