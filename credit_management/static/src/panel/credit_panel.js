import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { pick } from "@web/core/utils/objects";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { CreditBar } from "../bar/credit_bar";
import { getLevel } from "./credit_state";
import { CreditWhyPopover } from "./credit_why";

/** Base of what reads the credit panel of a document and presses its buttons. */
export class CreditPanelBase extends Component {
    static props = { ...standardFieldProps };

    get panel() {
        return this.props.record.data[this.props.name];
    }

    get level() {
        return getLevel(this.panel);
    }

    press(name) {
        return this.env.onClickViewButton({
            clickParams: { name, type: "object" },
            getResParams: () =>
                pick(this.props.record, "context", "evalContext", "resModel", "resId", "resIds"),
        });
    }
}

/** The slim strip above the lines: the customer's credit and what this document does to it. */
export class CreditPanel extends CreditPanelBase {
    static template = "credit_management.Panel";
    static components = { CreditBar };

    setup() {
        this.popover = usePopover(CreditWhyPopover, { position: "bottom-end" });
    }

    get hasLimit() {
        return this.panel.limit_kind === "amount";
    }

    get segments() {
        const { exposure, document, exposure_text, document_text } = this.panel;
        const color = this.level.color;
        const documentTitle = `${this.panel.document_label}: ${document_text}`;
        return [
            { kind: `used_${color}`, amount: exposure, title: _t("Used: %s", exposure_text) },
            { kind: `document_${color}`, amount: document, title: documentTitle },
        ];
    }

    get barLabel() {
        return _t("%(used)s %% of the limit used, %(after)s %% with this document", {
            used: this.panel.utilisation,
            after: this.panel.utilisation_after,
        });
    }

    get canAsk() {
        return this.panel.hold ? !this.panel.hold.is_requested : this.level.name === "rejected";
    }

    why(ev) {
        this.popover.open(ev.currentTarget, { panel: this.panel });
    }
}

/** Tells who has a held document on the desk, or who released or rejected it. */
export class CreditBanner extends CreditPanelBase {
    static template = "credit_management.Banner";

    /** The first reason as the figures are now, as the strip has them; of a document without a strip that of then. */
    get holdReason() {
        const { hold, is_allowed: isAllowed, reasons } = this.panel;
        return (!isAllowed && reasons?.[0]) || hold.reason.split("\n")[0];
    }
}

registry.category("fields").add("credit_panel", { component: CreditPanel, supportedTypes: ["json"] });
registry.category("fields").add("credit_banner", { component: CreditBanner, supportedTypes: ["json"] });
