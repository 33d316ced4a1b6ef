from . import (
    test_asked,
    test_cover_effect,
    test_group_room,
    test_limit,
    test_limit_authority,
    test_named,
    test_temporary,
)
