import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Tells whoever registered a payment which documents it has freed, with a button to each that they may open. */
export const creditFreedService = {
    dependencies: ["action", "bus_service", "notification"],
    start(env, { action, bus_service, notification }) {
        bus_service.subscribe("credit_management/freed", ({ documents }) => {
            const buttons = documents
                .filter(({ id }) => id)
                .map(({ name, model, id }) => ({
                    name,
                    onClick: () =>
                        action.doAction({ type: "ir.actions.act_window", res_model: model, res_id: id, views: [[false, "form"]] }),
                }));
            const names = documents.map(({ name }) => name).join(", ");
            notification.add(_t("Freed: %s", names), { type: "success", buttons });
        });
        bus_service.start();
    },
};

registry.category("services").add("credit_freed", creditFreedService);
