import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Figures one below the other, each with how it was reckoned, or why it has no answer. */
export class CreditFinancials extends Component {
    static template = "credit_management.Financials";
    static props = { ...standardFieldProps };

    get figures() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("credit_financials", { component: CreditFinancials, supportedTypes: ["json"] });
