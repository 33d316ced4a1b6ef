import { Component, onWillUnmount, useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const EVERY = 3000; // milliseconds: a customer takes about one second

/** The state of a run in words; while the server works on it, what is shown follows. */
export class RunProgress extends Component {
    static template = "credit_management.RunProgress";
    static props = { ...standardFieldProps };

    setup() {
        useEffect(
            (isUnderWay) => {
                clearInterval(this.timer);
                this.timer = isUnderWay ? setInterval(() => this.props.record.load(), EVERY) : undefined;
            },
            () => [this.props.record.data.is_under_way]
        );
        onWillUnmount(() => clearInterval(this.timer));
    }

    get text() {
        return this.props.record.data[this.props.name];
    }

    get percent() {
        const { notice_count, waiting_count } = this.props.record.data;
        return notice_count ? Math.round((100 * (notice_count - waiting_count)) / notice_count) : 0;
    }
}

registry.category("fields").add("credit_run_progress", { component: RunProgress });
