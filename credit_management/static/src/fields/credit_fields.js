import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatMonetary } from "@web/views/fields/formatters";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { CreditBar } from "../bar/credit_bar";
import { CreditFindings } from "../panel/credit_why";

const fields = registry.category("fields");

/** Utilization as a bar and a figure; words where there is no limit to use. */
export class CreditUtilisation extends Component {
    static template = "credit_management.Utilisation";
    static components = { CreditBar };
    static props = { ...standardFieldProps };

    get percent() {
        return this.props.record.data[this.props.name];
    }

    get kind() {
        const color = this.percent > 100 ? "danger" : this.percent >= 90 ? "warning" : "success";
        return `used_${color}`;
    }

    get text() {
        const isCashOnly = !this.props.record.data.amount_limit_effective && this.percent > 0;
        return isCashOnly ? _t("cash only") : `${Math.round(this.percent)} %`;
    }

    get hasLimit() {
        return this.props.record.data.limit_state === "amount";
    }
}

/** The limit that applies, or the words for its absence: 0 never reads as unlimited. */
export class CreditLimit extends Component {
    static template = "credit_management.Limit";
    static props = { ...standardFieldProps };

    get kind() {
        return this.props.record.data.limit_state;
    }

    get text() {
        const { data, fields } = this.props.record;
        return formatMonetary(data[this.props.name], { data, field: fields[this.props.name] });
    }
}

/** The effect of a rule at a checkpoint; the word carries the meaning, the colour helps. */
export class CreditEffect extends SelectionField {
    static template = "credit_management.Effect";

    get icon() {
        const icons = { warn: "fa-exclamation-triangle", hold: "fa-pause", refuse: "fa-ban" };
        return icons[this.value] || "";
    }

    get color() {
        const colors = { warn: "text-warning", hold: "text-danger", refuse: "text-danger fw-bold" };
        return colors[this.value] || "text-muted";
    }
}

/** By how much something changes, in percent, with its sign. */
export class CreditChange extends Component {
    static template = "credit_management.Change";
    static props = { ...standardFieldProps };

    get text() {
        const percent = Math.round(this.props.record.data[this.props.name]);
        return `${percent > 0 ? "+" : ""}${percent} %`;
    }
}

/** The reasons of a hold as tags. */
export class CreditReasonTags extends Component {
    static template = "credit_management.ReasonTags";
    static props = { ...standardFieldProps };

    get tags() {
        return this.props.record.data[this.props.name] || [];
    }
}

/** The findings of a document as they are now. */
export class CreditFindingsField extends Component {
    static template = "credit_management.FindingsField";
    static components = { CreditFindings };
    static props = { ...standardFieldProps };

    get panel() {
        return this.props.record.data[this.props.name];
    }
}

const limitDependencies = [{ name: "limit_state", type: "selection" }];

fields.add("credit_utilisation", {
    component: CreditUtilisation,
    supportedTypes: ["float"],
    fieldDependencies: [...limitDependencies, { name: "amount_limit_effective", type: "monetary" }],
});
fields.add("credit_limit", {
    component: CreditLimit,
    supportedTypes: ["monetary"],
    fieldDependencies: limitDependencies,
});
fields.add("credit_effect", { ...selectionField, component: CreditEffect, supportedTypes: ["selection"] });
fields.add("credit_change", { component: CreditChange, supportedTypes: ["float"] });
fields.add("credit_reason_tags", { component: CreditReasonTags, supportedTypes: ["json"] });
fields.add("credit_findings", { component: CreditFindingsField, supportedTypes: ["json"] });
