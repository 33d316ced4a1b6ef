import { Component } from "@odoo/owl";

/**
 * A bar of segments against a limit. Its height never changes, whatever it shows.
 *
 * The scale ends at the larger of the limit and what is used; beyond the limit stands a mark.
 */
export class CreditBar extends Component {
    static template = "credit_management.Bar";
    static props = {
        segments: {
            type: Array,
            element: {
                type: Object,
                shape: { kind: String, amount: Number, title: { type: String, optional: true } },
            },
        },
        limit: { type: Number, optional: true },
        label: { type: String, optional: true },
    };
    static defaultProps = { limit: 0, label: "" };

    get total() {
        return this.props.segments.reduce((sum, segment) => sum + Math.max(segment.amount, 0), 0);
    }

    get scale() {
        return Math.max(this.total, this.props.limit) || 1;
    }

    get segments() {
        return this.props.segments
            .filter((segment) => segment.amount > 0)
            .map((segment) => ({ ...segment, style: `width: ${this.percent(segment.amount)}%` }));
    }

    get isOver() {
        return this.props.limit > 0 && this.total > this.props.limit;
    }

    get markStyle() {
        return `left: ${this.percent(this.props.limit)}%`;
    }

    percent(amount) {
        return ((100 * amount) / this.scale).toFixed(2);
    }
}
