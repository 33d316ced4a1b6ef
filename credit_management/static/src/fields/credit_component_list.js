import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The components of the exposure with their amounts, as the table of components has them. */
export class CreditComponentList extends Component {
    static template = "credit_management.ComponentList";
    static props = { ...standardFieldProps };

    get lists() {
        const components = this.props.record.data[this.props.name] || [];
        return [
            { name: "ledger", title: _t("Invoices and payments") },
            { name: "orders", title: _t("Orders and drafts") },
        ].map((list) => ({ ...list, components: components.filter((one) => one.listed === list.name) }));
    }
}

registry.category("fields").add("credit_component_list", {
    component: CreditComponentList,
    supportedTypes: ["json"],
});
