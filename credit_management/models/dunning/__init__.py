from . import credit_profile_dunning
