import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";
import { ListController } from "@web/views/list/list_controller";

const ASKED = "CREDIT:ASKED";

/** What a second person has to apply was asked for: say so, and let the form below take it back. */
registry.category("actions").add("credit_asked", (env, { params }) => {
    env.services.notification.add(params.message, { type: "success" });
    env.bus.trigger(ASKED, params);
    return { type: "ir.actions.act_window_close" };
});

/** Take the asked fields back, and nothing else that was typed. */
async function takeBack(record, { model, fields }) {
    if (!record?.dirty) {
        return;
    }
    const changed = Object.keys(await record.getChanges());
    const isLine = record.resModel !== model && changed.length === 1; // the record that was asked for stands in a line
    if (isLine || (record.resModel === model && changed.every((name) => fields.includes(name)))) {
        await record.discard();
    } else if (record.resModel === model) {
        const asked = changed.filter((name) => fields.includes(name));
        await record.update(Object.fromEntries(asked.map((name) => [name, record._values[name]])));
    }
}

patch(FormController.prototype, {
    setup() {
        super.setup();
        useBus(this.env.bus, ASKED, ({ detail }) => takeBack(this.model.root, detail));
    },
});

patch(ListController.prototype, {
    setup() {
        super.setup();
        useBus(this.env.bus, ASKED, ({ detail }) => takeBack(this.model.root.editedRecord, detail));
    },
});
