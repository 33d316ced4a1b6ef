import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getCustomColor } from "@web/core/colors/colors";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Limit, exposure and overdue of a customer over time. */
export class CreditTrend extends Component {
    static template = "credit_management.Trend";
    static props = { ...standardFieldProps };

    setup() {
        this.canvasRef = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (canvas) => {
                const chart = canvas && new Chart(canvas, this.config);
                return () => chart?.destroy();
            },
            () => [this.canvasRef.el, this.value]
        );
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get hasDays() {
        return this.value?.labels.length > 1;
    }

    get scheme() {
        return cookie.get("color_scheme");
    }

    get config() {
        const grid = getCustomColor(this.scheme, "#d8dadd", "#3C3E4B");
        const text = getCustomColor(this.scheme, "#111827", "#E4E4E4");
        const money = (value) => formatCurrency(value, this.value.currency_id);
        return {
            type: "line",
            data: { labels: this.value.labels, datasets: this.datasets },
            options: {
                maintainAspectRatio: false,
                animation: false,
                interaction: { mode: "index", intersect: false },
                plugins: {
                    legend: { labels: { color: text, boxHeight: 2 } },
                    tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${money(item.raw)}` } },
                },
                scales: {
                    x: { ticks: { color: text, maxTicksLimit: 8 }, grid: { display: false } },
                    y: { beginAtZero: true, ticks: { color: text, maxTicksLimit: 5 }, grid: { color: grid } },
                },
            },
        };
    }

    get datasets() {
        const style = getComputedStyle(document.documentElement);
        const named = (name) => style.getPropertyValue(`--${name}`).trim();
        const limitColor = getCustomColor(this.scheme, "#4b5563", "#9ca3af");
        const line = (label, data, color, options = {}) => {
            const shape = { pointRadius: 0, borderWidth: 2, ...options };
            return { label, data, borderColor: color, backgroundColor: color, ...shape };
        };
        return [
            line(_t("Limit"), this.value.limit, limitColor, { stepped: true, borderDash: [6, 4] }),
            line(_t("Exposure"), this.value.exposure, named("primary")),
            line(_t("Overdue"), this.value.overdue, named("danger")),
        ];
    }
}

registry.category("fields").add("credit_trend", { component: CreditTrend, supportedTypes: ["json"] });
