import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { useFileAction } from "./credit_exposure_bar";

/** The components of the exposure that have an amount, as the table of components has them; each opens its documents. */
export class CreditComponentList extends Component {
    static template = "credit_management.ComponentList";
    static props = { ...standardFieldProps };

    setup() {
        this.openAction = useFileAction();
    }

    get lists() {
        const components = (this.props.record.data[this.props.name] || []).filter((one) => !one.is_empty);
        return [
            { name: "ledger", title: _t("Invoices and payments") },
            { name: "orders", title: _t("Orders and drafts") },
        ]
            .map((list) => ({ ...list, components: components.filter((one) => one.listed === list.name) }))
            .filter((list) => list.components.length);
    }

    get isSheetOpen() {
        return this.props.record.data.exposure_bar?.is_sheet_open;
    }

    open(one) {
        return this.openAction("action_open_exposure", this.props.record.resId, one.component);
    }
}

registry.category("fields").add("credit_component_list", {
    component: CreditComponentList,
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "exposure_bar", type: "json" }],
});
