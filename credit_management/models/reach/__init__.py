from . import res_company, credit_notice_reach
