"""One user for each role; the password is the login."""

from dataclasses import dataclass

from odoo import Command

from .records import MODULE, load


@dataclass(frozen=True)
class Role:
    """A person, the groups they work with and the language they read."""

    name: str
    groups: tuple[str, ...]
    lang: str = "en_US"


SALES = "sales_team.group_sale_salesman_all_leads"
EXPORT = "base.group_allow_export"

ROLES = {
    "sales": Role("Sam Sales", (SALES,)),
    "sales2": Role("林薇 (Lin Wei)", (SALES,), "zh_CN"),
    "controller": Role("Clara Controller", (SALES, "account.group_account_readonly", EXPORT)),
    "manager": Role("Max Manager", (SALES, "account.group_account_readonly", "base.group_partner_manager", EXPORT)),
    "accountant": Role(
        "Anna Accountant", ("account.group_account_user", "analytic.group_analytic_accounting", EXPORT)
    ),
    "galway": Role("Grace Galway", (SALES,)),
}
"""By login. The groups of credit management are added in credit.py."""

PORTAL = "portal"
PORTAL_CUSTOMER = "lismore"


def create_users(env):
    """Create the staff.

    :return: {login: user}
    """
    return load(env, "res.users", "user", {
        login: {
            "name": role.name,
            "login": login,
            "password": login,
            "email": f"{login}@harbour-trading.example",
            "lang": role.lang,
            "notification_type": "inbox",
            "group_ids": [Command.set([env.ref(group).id for group in role.groups])],
        }
        for login, role in ROLES.items()
    })


def let_into_branch(env, users, branch):
    """Give the branch its salesperson, who has nothing else, and to those who decide on credit."""
    for user in (env.ref("base.user_admin"), users["controller"], users["manager"]):
        user.company_ids = [Command.link(branch.id)]
    users["galway"].write({"company_ids": [Command.set(branch.ids)], "company_id": branch.id})


def create_portal_user(env):
    """Let the buyer of a customer log in to the portal."""
    contact = env.ref(f"{MODULE}.contact_{PORTAL_CUSTOMER}_buyer")
    load(env, "res.users", "user", {PORTAL: {
        "partner_id": contact.id,
        "login": PORTAL,
        "password": PORTAL,
        "group_ids": [Command.set(env.ref("base.group_portal").ids)],
    }})
