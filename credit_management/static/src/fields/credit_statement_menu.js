import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { pick } from "@web/core/utils/objects";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component } from "@odoo/owl";

/** The ways to a customer's statement, behind one button of the file's header. */
export class CreditStatementMenu extends Component {
    static template = "credit_management.StatementMenu";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    get ways() {
        return [
            { name: "action_print_statement", label: _t("Print Statement") },
            { name: "action_send_statement", label: _t("Send Statement") },
            { name: "action_make_statement", label: _t("Statement to Confirm") },
        ];
    }

    /** Press a button of the form, as Odoo's own are pressed: what was changed is saved first. */
    press(name) {
        return this.env.onClickViewButton({
            clickParams: { name, type: "object" },
            getResParams: () => pick(this.props.record, "context", "evalContext", "resModel", "resId", "resIds"),
        });
    }
}

registry.category("view_widgets").add("credit_statement_menu", { component: CreditStatementMenu });
