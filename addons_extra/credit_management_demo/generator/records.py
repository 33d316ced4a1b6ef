"""Creating named records: what the story refers to gets an external identifier."""

MODULE = "credit_management_demo"


def load(env, model, prefix, values_by_key):
    """Create one record per key, named `credit_management_demo.<prefix>_<key>`.

    The identifiers are `noupdate`: an upgrade of the add-on must neither reset nor
    remove what somebody changed while trying things out.

    :return: {key: record}
    """
    records = env[model]._load_records([
        {"xml_id": f"{MODULE}.{prefix}_{key}", "values": values, "noupdate": True}
        for key, values in values_by_key.items()
    ])
    return dict(zip(values_by_key, records, strict=True))


def name(env, prefix, record_by_key):
    """Give external identifiers to records that were created by other means."""
    env["ir.model.data"]._update_xmlids([
        {"xml_id": f"{MODULE}.{prefix}_{key}", "record": record, "noupdate": True}
        for key, record in record_by_key.items()
    ])
