"""Plugin of the tests inside Odoo: databases that are tested side by side share one folder of files.

After each class Odoo throws away the files that its own database does not know. With two databases
on one folder these are the files that the other one is just writing, so nothing is thrown away:
the folder goes with its database at the end of the run.
"""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _files_are_kept():
    from odoo.addons.base.models.ir_attachment import IrAttachment

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(IrAttachment, "_gc_file_store_unsafe", lambda attachments: None)
        yield
