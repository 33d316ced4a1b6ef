from . import test_look_back
