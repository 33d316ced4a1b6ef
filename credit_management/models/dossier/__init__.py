from . import (
    ir_attachment,
    credit_evidence,
    credit_outside_rating,
    credit_visit,
    credit_profile_dossier,
)
