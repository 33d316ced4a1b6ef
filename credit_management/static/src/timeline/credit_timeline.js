import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What happened with a customer, the newest first; a row opens its record. */
export class CreditTimeline extends Component {
    static template = "credit_management.Timeline";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get events() {
        return this.props.record.data[this.props.name] || [];
    }

    open(event) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: event.model,
            res_id: event.res_id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("credit_timeline", { component: CreditTimeline, supportedTypes: ["json"] });
