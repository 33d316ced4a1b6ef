"""Talk to a running Odoo as an outside program does: Odoo's external API (XML-RPC)."""

import xmlrpc.client


class Session:
    """One user's session; `session.call(model, method, …)` runs a public method."""

    def __init__(self, url, database, login, *, password=None, language="en_US"):
        """Log in; the demo users' passwords equal their logins. Messages come in `language`."""
        self.database = database
        self.login = login
        self.context = {"lang": language}
        self.password = password or login
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common", allow_none=True)
        self.user_id = common.authenticate(database, login, self.password, {})
        if not self.user_id:
            raise PermissionError(f"{login} cannot log in to {database}")
        self._models = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object", allow_none=True)

    def call(self, model, method, *arguments, **keywords):
        """Call a public method of a model; a refusal is an `xmlrpc.client.Fault`."""
        keywords["context"] = {**self.context, **keywords.get("context", {})}
        try:
            return self._models.execute_kw(
                self.database, self.user_id, self.password, model, method, list(arguments), keywords
            )
        except xmlrpc.client.Fault as fault:
            # The method did its work and returned nothing, for which Odoo's XML-RPC has no answer.
            if "cannot marshal None" in fault.faultString:
                return None
            raise

    def read(self, model, ids, *names):
        """Return the values of the fields `names`."""
        return self.call(model, "read", list(ids), fields=list(names))

    def search(self, model, domain, *names, **options):
        """Return the values of the fields `names` of the records found."""
        return self.call(model, "search_read", domain, fields=list(names), **options)

    def create(self, model, values):
        """Create a record and return its id."""
        return self.call(model, "create", [values])[0]
