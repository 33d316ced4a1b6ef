import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How a customer pays, in a line of figures. */
export class CreditBehaviour extends Component {
    static template = "credit_management.Behaviour";
    static props = { ...standardFieldProps };

    get figures() {
        return this.props.record.data[this.props.name] || [];
    }
}

/** The last payments of a customer, each with how late it was. */
export class CreditPayments extends Component {
    static template = "credit_management.Payments";
    static props = { ...standardFieldProps };

    get payments() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("credit_behaviour", { component: CreditBehaviour, supportedTypes: ["json"] });
registry.category("fields").add("credit_payments", { component: CreditPayments, supportedTypes: ["json"] });
