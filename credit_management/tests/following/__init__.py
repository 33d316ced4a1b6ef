from . import test_following, test_following_alone
