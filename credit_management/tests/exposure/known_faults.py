"""The faults that the exposure still has: lives keep away from them, and each mending deletes one entry.

A fault is a question to a life: has its last step led into it? Such a step is not taken.
``CREDIT_MENDED=4,15`` tries a life as if these were mended. The numbers are those of the issue *Faults*.
"""

import os

KNOWN_FAULTS = {}
for mended in filter(None, os.environ.get("CREDIT_MENDED", "").split(",")):
    del KNOWN_FAULTS[mended]
