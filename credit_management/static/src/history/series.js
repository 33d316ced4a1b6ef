import { cookie } from "@web/core/browser/cookie";
import { getCustomColor } from "@web/core/colors/colors";

/** Return how a series of figures over time is drawn, wherever it is drawn. */
export function getSeriesStyle(series) {
    const style = getComputedStyle(document.documentElement);
    const named = (name) => style.getPropertyValue(`--${name}`).trim();
    const scheme = cookie.get("color_scheme");
    const color = {
        exposure: named("primary"),
        ledger: getCustomColor(scheme, "#a9a0bd", "#7d748f"),
        overdue: named("danger"),
        limit: getCustomColor(scheme, "#4b5563", "#9ca3af"),
        score: named("primary"),
        index: getCustomColor(scheme, "#4b5563", "#9ca3af"),
    }[series];
    const line = { type: "line", stepped: true, borderDash: [6, 4], borderWidth: 2, pointRadius: 0, order: -1 };
    return { borderColor: color, backgroundColor: color, ...(series === "limit" ? line : {}) };
}
