"""The criteria, by what they look at. To add one, see ``models/policy/README.md``."""

from . import document as document
from . import exposure as exposure
from . import overdue as overdue
from . import standing as standing
