"""A filter in words, for who reads a file and not the screen."""

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainBool, DomainCondition, DomainNot, DomainOr
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

PHRASES = {
    "=": _lt("%(field)s is %(value)s"),
    "in": _lt("%(field)s is %(value)s"),
    "child_of": _lt("%(field)s is or belongs to %(value)s"),
    "!=": _lt("%(field)s is not %(value)s"),
    "not in": _lt("%(field)s is not %(value)s"),
    "ilike": _lt("%(field)s contains “%(value)s”"),
    "like": _lt("%(field)s contains “%(value)s”"),
    "not ilike": _lt("%(field)s does not contain “%(value)s”"),
    "not like": _lt("%(field)s does not contain “%(value)s”"),
    ">": _lt("%(field)s above %(value)s"),
    ">=": _lt("%(field)s from %(value)s"),
    "<": _lt("%(field)s below %(value)s"),
    "<=": _lt("%(field)s up to %(value)s"),
}
SET, NOT_SET = _lt("%(field)s is set"), _lt("%(field)s is not set")
OTHER = _lt("%(field)s: %(operator)s %(value)s")
LIST_MOST = 10  # values that are named; of others it is said how many there are


def domain_text(model, domain):
    """Return a domain in words; nothing where all is asked for.

    :param domain: of `model`
    """
    return _Text(model).of(Domain(domain or Domain.TRUE))


class _Text:
    def __init__(self, model):
        self.model, self.env = model, model.env

    def of(self, domain, is_inner=False):
        if isinstance(domain, DomainBool):
            return "" if domain.is_true() else self.env._("nothing")
        if isinstance(domain, DomainAnd | DomainOr):
            joint = self.env._(" and ") if isinstance(domain, DomainAnd) else self.env._(" or ")
            text = joint.join(self.of(child, True) for child in domain.children)
            return f"({text})" if is_inner else text
        if isinstance(domain, DomainNot):
            return self.env._("not %(condition)s", condition=self.of(domain.child, True))
        return self._of_condition(domain) if isinstance(domain, DomainCondition) else str(list(domain))

    def _of_condition(self, condition):
        label, field = self._find_field(condition.field_expr)
        value, operator = condition.value, condition.operator
        if value is False or value in ([], [False]):
            return self._say(NOT_SET if operator in ("=", "in") else SET, field=label)
        if isinstance(value, Domain) or operator not in PHRASES:
            return self._say(OTHER, field=label, operator=operator, value=value)
        return self._say(PHRASES[operator], field=label, value=self._write_values(field, value))

    def _say(self, phrase, **values):
        text = self.env._(phrase)
        return text % values

    def _find_field(self, path):
        """Return the labels along a path, and the field at its end."""
        model, labels, field = self.model, [], None
        for name in path.split("."):
            field = model._fields.get(name) if model is not None else None
            labels.append(field._description_string(self.env) if field else name)
            model = self.env[field.comodel_name] if field and field.relational else None
        return " / ".join(labels), field

    def _write_values(self, field, value):
        values = list(value) if isinstance(value, list | tuple | set | frozenset) or hasattr(value, "_ids") else [value]
        if len(values) > LIST_MOST:
            return self.env._("one of %(count)s values", count=len(values))
        return ", ".join(str(self._write_value(field, one)) for one in values)

    def _write_value(self, field, value):
        if value is False or value is None or field is None:
            return self.env._("None") if value is False else value
        if field.relational and isinstance(value, int):
            return self._write_record(self.env[field.comodel_name].browse(value))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return format_date(self.env, value) if field.type in ("date", "datetime") else value

    def _write_record(self, record):
        """Return the name of a record, for who may read it: whoever asks chooses the number."""
        try:
            return record.display_name if record.exists() and record.has_access("read") else f"#{record.id}"
        except AccessError:
            return f"#{record.id}"
