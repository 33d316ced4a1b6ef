"""What the system writes down in words, for others to read: kept in every language, as Odoo keeps a translated text.

Records that decide, and the log, outlive what they name: a rule, a field, an add-on. So the words of then are kept, not
a number to look them up by; and whoever reads them later reads the own language, not that of whoever acted.
"""

from odoo import api, models

SOURCE = "en_US"  # what Odoo falls back to: a language that was added later has no words of before


def in_every_language(records, say):
    """Return ``{language: text}`` of what ``say`` returns of records; of those that say the same as English, English.

    :param say: called with the records, once in each language of the database
    """
    languages = dict.fromkeys([SOURCE, *(code for code, _name in records.env["res.lang"].get_installed())])
    for code in languages:
        told = records.with_context(lang=code)
        told.invalidate_recordset(["display_name"], flush=False)  # kept without its language where no field has one
        languages[code] = say(told) or ""
    records.invalidate_recordset(["display_name"], flush=False)
    return {code: text for code, text in languages.items() if code == SOURCE or text != languages[SOURCE]}


def read_words(env, words):
    """Return words in the language of the environment; what somebody wrote is in one, and stays as it is."""
    if isinstance(words, dict):
        return words.get(env.lang or SOURCE) or words[SOURCE]
    return words or ""


def get_words(record, name):
    """Return the words that a translated field of a record keeps."""
    return record._fields[name]._get_stored_translations(record) or ""


class CreditWorded(models.AbstractModel):
    _name = "credit.worded"
    _description = "Record that keeps words in every language"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a translated field takes words, too."""
        records = super().create([self._read_words(vals) for vals in vals_list])
        for record, vals in zip(records, vals_list, strict=True):
            record._keep_words(vals)
        return records

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(self._read_words(vals))
        for record in self:
            record._keep_words(vals)
        return result

    @api.model
    def _is_worded(self, name, value):
        return isinstance(value, dict) and name in self._fields and self._fields[name].translate is True

    @api.model
    def _read_words(self, vals):
        return {name: read_words(self.env, value) if self._is_worded(name, value) else value
                for name, value in vals.items()}

    def _keep_words(self, vals):
        for name, words in vals.items():
            if self._is_worded(name, words) and len(words) > 1:
                # in the words of the system, of what this person has just written
                self.sudo()._update_field_translations(name, words)
