import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { CreditBar } from "../bar/credit_bar";

/** The exposure of a customer by component, stacked against the limit. */
export class CreditExposureBar extends Component {
    static template = "credit_management.ExposureBar";
    static components = { CreditBar };
    static props = { ...standardFieldProps };

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
}

registry.category("fields").add("credit_exposure_bar", {
    component: CreditExposureBar,
    supportedTypes: ["json"],
});
