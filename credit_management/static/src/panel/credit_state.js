import { _t } from "@web/core/l10n/translation";

const LEVELS = {
    held: { color: "danger", icon: "fa-pause-circle" },
    stopped: { color: "danger", icon: "fa-times-circle" },
    warned: { color: "warning", icon: "fa-exclamation-triangle" },
    released: { color: "success", icon: "fa-unlock" },
    passed: { color: "success", icon: "fa-check-circle" },
    off: { color: "muted", icon: "fa-power-off" },
};

function getLevelName(panel) {
    if (panel.hold) {
        return "held";
    }
    if (!panel.is_checked) {
        return "off";
    }
    if (!panel.is_allowed) {
        return "stopped";
    }
    if (panel.release || panel.verdict === "released") {
        return "released";
    }
    return panel.verdict === "warn" ? "warned" : "passed";
}

/** Return colour, icon and words of the credit of a document: the words are always shown. */
export function getLevel(panel) {
    const name = getLevelName(panel);
    const titles = { held: _t("On credit hold"), released: _t("Released") };
    return { name, ...LEVELS[name], title: titles[name] || panel.title };
}

/** Return what would let a document go on that does not pass, by the rules it hit. */
export function getCures(panel) {
    const sums = { over: panel.over_text, after: panel.after_text, overdue: panel.overdue_text };
    const limit = panel.over > 0 && _t("A payment of %(over)s, or a limit of %(after)s.", sums);
    const overdue = panel.overdue > 0 && _t("Payment of what is overdue: %(overdue)s.", sums);
    const byCriterion = {
        limit_exceeded: limit,
        utilisation: limit,
        limit_missing: _t("A limit for this customer."),
        limit_expired: _t("A new limit."),
        overdue_days: overdue,
        overdue_amount: overdue,
        dunning_level: _t("A lower dunning level."),
        broken_promise: _t("Payment of what was promised."),
        cover_expired: _t("A new cover."),
        terms_better: _t("The terms agreed with the customer."),
        review_expired: _t("A review of the customer."),
        deposit_missing: _t("The deposit."),
        account_status: _t("Another account status."),
        forced_hold: _t("Lifting the stop."),
    };
    const cures = panel.criteria.map((criterion) => byCriterion[criterion]).filter(Boolean);
    return [...new Set(cures), _t("A release by a credit controller.")];
}
