from . import credit_dunning_level, credit_notice, credit_notice_channel, credit_dunning_run, sms_tracker
