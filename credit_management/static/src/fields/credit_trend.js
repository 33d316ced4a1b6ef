import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getCustomColor } from "@web/core/colors/colors";
import { formatCurrency } from "@web/core/currency";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { getSeriesStyle } from "../history/series";

/** Limit, exposure and overdue of a customer over time: each series that the record names. */
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
        const { currency_id: currency } = this.value;
        const money = (value) => (currency ? formatCurrency(value, currency) : value);
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
        return this.value.series.map(({ name, label, data }) => ({
            ...{ label, data, pointRadius: data.filter((value) => value !== null).length > 1 ? 0 : 3, borderWidth: 2 },
            ...getSeriesStyle(name),
        }));
    }
}

registry.category("fields").add("credit_trend", { component: CreditTrend, supportedTypes: ["json"] });
