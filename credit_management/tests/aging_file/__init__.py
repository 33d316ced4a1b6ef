from . import test_aging_file
from . import test_aging_pdf
