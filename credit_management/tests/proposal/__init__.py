from . import test_basis, test_proposal
