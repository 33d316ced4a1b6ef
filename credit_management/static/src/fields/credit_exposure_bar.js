import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { CreditBar } from "../bar/credit_bar";

/** Return a function that opens what an action of a credit file returns: documents behind a figure. */
export function useFileAction() {
    const orm = useService("orm");
    const action = useService("action");
    return async (method, profileId, ...args) =>
        action.doAction(await orm.call("credit.profile", method, [[profileId], ...args]));
}

/** The exposure of a customer by component, stacked against the limit; the legend opens the documents. */
export class CreditExposureBar extends Component {
    static template = "credit_management.ExposureBar";
    static components = { CreditBar };
    static props = { ...standardFieldProps };

    setup() {
        this.openAction = useFileAction();
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get segments() {
        return this.value.parts.map((part) => ({
            kind: part.kind,
            amount: part.amount,
            title: `${part.label}: ${part.text}`,
        }));
    }

    get limit() {
        return this.value.limit_kind === "amount" ? this.value.limit : 0;
    }

    get label() {
        return _t("Exposure %(exposure)s", { exposure: this.value.exposure_text });
    }

    open(part) {
        const id = this.value.profile_id;
        const isOverdue = part.kind === "overdue" && part.is_netted;
        return isOverdue
            ? this.openAction("action_open_overdue", id)
            : this.openAction("action_open_exposure", id, part.component);
    }
}

registry.category("fields").add("credit_exposure_bar", {
    component: CreditExposureBar,
    supportedTypes: ["json"],
});
