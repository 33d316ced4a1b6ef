from . import (
    res_company,
    res_partner,
    credit_statement,
    credit_statement_line,
    credit_statement_content,
    credit_statement_delivered,
    credit_statement_group,
    credit_statement_letter,
    credit_statement_sending,
    credit_statement_answer,
    credit_statement_schedule,
    ir_attachment,
)
