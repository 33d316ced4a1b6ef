import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What customers owe, in columns of its age; each opens aged receivables. */
export class CreditAgingFigures extends Component {
    static template = "credit_management.AgingFigures";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get columns() {
        return this.props.record.data[this.props.name] || [];
    }

    async open() {
        const { resModel, resId } = this.props.record;
        this.action.doAction(await this.orm.call(resModel, "action_open_aging", [[resId]]));
    }
}

registry.category("fields").add("credit_aging_figures", {
    component: CreditAgingFigures,
    supportedTypes: ["json"],
});
