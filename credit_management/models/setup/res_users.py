"""A manager who signs in where a document waits: at a counter, at a colleague's screen."""

from odoo import api, models
from odoo.exceptions import AccessDenied, UserError


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _credit_sign_in(self, login, password):
        """Return the user who proves to be there. Odoo counts and slows down failures.

        :raise UserError: when the sign-in fails, or the user has a second factor, which cannot be asked for here
        """
        try:
            credential = {"type": "password", "login": login, "password": password}
            auth = self._login(credential, {"interactive": True})
        except AccessDenied as error:
            raise UserError(self.env._("Wrong login or password.")) from error
        user = self.sudo().browse(auth["uid"])  # only whether a second factor is asked for
        if auth.get("mfa") != "skip" and user._mfa_url():
            raise UserError(
                self.env._("You sign in with a second factor: release the sale on your own device, under Holds.")
            )
        return user
