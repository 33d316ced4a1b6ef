"""English for the company; Chinese for four customers and one salesperson."""

from .records import MODULE

ENGLISH = "en_US"
CHINESE = "zh_CN"


def activate(env):
    """Make both languages available, and English the one that everybody starts with.

    A database that was created with Chinese only has no English, and its administrator
    and new customers are Chinese.
    """
    known = dict(env["res.lang"].get_installed())
    env["res.lang"]._activate_lang(ENGLISH)
    env["ir.default"].set("res.partner", "lang", ENGLISH)
    env["res.users"].with_context(active_test=False).search([]).lang = ENGLISH
    env.company.partner_id.lang = ENGLISH
    if CHINESE not in known:
        env["res.lang"]._activate_lang(CHINESE)
        installed = env["ir.module.module"].search([("state", "=", "installed")])
        installed._update_translations([CHINESE])


def translate_chart(env):
    """Load the texts of the chart of accounts, which is created after all other texts."""
    _load_terms(env, "account")


def translate_own_records(env):
    """Load our own texts once more: their records have only now been created."""
    _load_terms(env, MODULE)


def rename(env, record, name):
    """Give a record a name that is the same in every language."""
    record.with_context(lang=ENGLISH).name = name
    for code, _label in env["res.lang"].get_installed():
        record.with_context(lang=code).name = name


def _load_terms(env, module):
    env.flush_all()
    env["ir.module.module"]._load_module_terms([module], [CHINESE])
    env.invalidate_all()
