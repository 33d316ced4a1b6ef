import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What a customer has beside what it would have; what changes stands out, and says so in words as well. */
export class CreditFollows extends Component {
    static template = "credit_management.Follows";
    static props = { ...standardFieldProps };

    get follows() {
        return this.props.record.data[this.props.name] || { rows: [] };
    }
}

registry.category("fields").add("credit_follows", { component: CreditFollows, supportedTypes: ["json"] });
