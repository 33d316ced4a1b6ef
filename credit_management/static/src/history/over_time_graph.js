import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getGroupBy } from "@web/search/utils/group_by";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { getSeriesStyle } from "./series";

const SERIES = { exposure: _t("Exposure"), ledger: _t("Invoiced only"), overdue: _t("Overdue"), limit: _t("Limit") };

/**
 * Exposure, overdue and limit over time, each a series. Figures worked out from the ledger afterwards know no orders:
 * they are a series of their own. The limit is one customer's: limits of several do not add up to one of anybody.
 */
export class CreditOverTimeModel extends GraphModel {
    isOverTime({ mode, measure, groupBy, fields }) {
        const isByDay = groupBy.length === 1 && fields[groupBy[0].fieldName].type === "date";
        return mode !== "pie" && measure === "amount_exposure" && isByDay;
    }

    async _loadDataPoints(metaData) {
        if (!this.isOverTime(metaData)) {
            return super._loadDataPoints(metaData);
        }
        const load = (measure, options = {}) => super._loadDataPoints({ ...metaData, measure, ...options });
        const byKind = [...metaData.groupBy, getGroupBy("is_from_ledger", metaData.fields)];
        const limited = [...metaData.domain, ["limit_state", "=", "amount"]];
        const [[exposure, currencies], [overdue], [limit], [customers]] = await Promise.all([
            load("amount_exposure", { groupBy: byKind }),
            load("amount_overdue"),
            load("amount_limit", { domain: limited }),
            load("profile_id", { groupBy: [] }),
        ]);
        metaData.allIntegers = false;
        const isOne = customers.every((point) => point.value <= 1);
        const points = [
            ...exposure.map((point) => this.name(point, point.labels[1] === "true" ? "ledger" : "exposure")),
            ...overdue.map((point) => this.name(point, "overdue")),
            ...(isOne ? limit.map((point) => this.name(point, "limit")) : []),
        ];
        return [points, currencies];
    }

    name(point, series) {
        return { ...point, series, labels: [point.labels[0], SERIES[series].toString()] };
    }

    /** A pie has room for one figure. */
    _getProcessedDataPoints() {
        const points = super._getProcessedDataPoints();
        const isPie = this.metaData.mode === "pie";
        return isPie ? points.filter(({ series }) => !["overdue", "limit"].includes(series)) : points;
    }

    /** What nobody knows of a day is nothing: it is not 0. */
    _getData(...args) {
        const data = super._getData(...args);
        const series = Object.fromEntries(Object.entries(SERIES).map(([name, label]) => [label.toString(), name]));
        if (this.isOverTime(this.metaData)) {
            for (const dataset of data.datasets) {
                dataset.series = series[dataset.label];
                dataset.data = dataset.data.map((value, index) => (dataset.domains[index].length ? value : null));
            }
        }
        return data;
    }
}

export class CreditOverTimeRenderer extends GraphRenderer {
    getBarChartData() {
        return this.style(super.getBarChartData());
    }

    getLineChartData() {
        return this.style(super.getLineChartData());
    }

    style(data) {
        for (const dataset of data.datasets) {
            if (dataset.series) {
                Object.assign(dataset, { skipNull: true, fill: false }, getSeriesStyle(dataset.series));
            }
        }
        return data;
    }
}

registry.category("views").add("credit_over_time", {
    ...graphView,
    Model: CreditOverTimeModel,
    Renderer: CreditOverTimeRenderer,
});
