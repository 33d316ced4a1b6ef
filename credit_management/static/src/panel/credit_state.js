import { _t } from "@web/core/l10n/translation";

const LEVELS = {
    rejected: { color: "danger", icon: "fa-ban" },
    held: { color: "danger", icon: "fa-pause-circle" },
    stopped: { color: "danger", icon: "fa-times-circle" },
    warned: { color: "warning", icon: "fa-exclamation-triangle" },
    released: { color: "success", icon: "fa-unlock" },
    passed: { color: "success", icon: "fa-check-circle" },
    open: { color: "muted", icon: "fa-minus-circle" },
    off: { color: "muted", icon: "fa-power-off" },
};

function getLevelName(panel) {
    if (panel.hold) {
        return "held";
    }
    if (!panel.is_checked) {
        return "off";
    }
    if (panel.rejection?.is_kept) {
        return "rejected";
    }
    if (!panel.is_allowed) {
        return "stopped";
    }
    if (panel.release || panel.verdict === "released") {
        return "released";
    }
    if (panel.verdict === "warn") {
        return "warned";
    }
    // nothing was tested against an amount: that is no approval
    return panel.limit_kind === "none" ? "open" : "passed";
}

/** Return colour, icon and words of the credit of a document: the words are always shown. */
export function getLevel(panel) {
    const name = getLevelName(panel);
    const titles = { held: _t("On credit hold"), rejected: _t("Rejected"), released: _t("Released") };
    return { name, ...LEVELS[name], title: titles[name] || panel.title };
}
