import { Component } from "@odoo/owl";
import { getLevel } from "./credit_state";

/** The findings of a document, each with its figures, and what would cure them. */
export class CreditFindings extends Component {
    static template = "credit_management.Findings";
    static props = { panel: Object };

    get level() {
        return getLevel(this.props.panel);
    }

    /** What has to happen, all of it; without it a release does. */
    get together() {
        return this.props.panel.cures.slice(0, -1);
    }

    get release() {
        return this.props.panel.cures.at(-1);
    }

    get hasLimit() {
        return this.props.panel.limit_kind === "amount";
    }
}

export class CreditWhyPopover extends Component {
    static template = "credit_management.WhyPopover";
    static components = { CreditFindings };
    static props = { panel: Object, close: { type: Function, optional: true } };
}
