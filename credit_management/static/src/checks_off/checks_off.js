import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

/** Says that nothing is checked while no policy is on in the active company. */
export class ChecksOff extends Component {
    static template = "credit_management.ChecksOff";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ isOff: false, isManager: false });
        onWillStart(async () => {
            const ofCompany = ["company_id", "parent_of", [user.activeCompany.id]];
            const domain = [["state", "=", "on"], "|", ["company_id", "=", false], ofCompany];
            const [count, isManager] = await Promise.all([
                this.orm.searchCount("credit.policy", domain, { limit: 1 }),
                user.hasGroup("credit_management.group_credit_manager"),
            ]);
            Object.assign(this.state, { isOff: !count, isManager });
        });
    }

    openSetUp() {
        return this.action.doAction("credit_management.action_credit_setup");
    }
}

export class CreditListRenderer extends ListRenderer {
    static template = "credit_management.ListRenderer";
    static components = { ...ListRenderer.components, ChecksOff };

    /** Customers, ratings, people are neither edited nor deleted from the line of their group. Said here: each further
     *  attribute of a list in XML makes every installation slower. */
    showGroupConfigMenu() {
        return false;
    }

    /** Nor is a customer created by giving a group of holds a name. */
    get canCreateGroup() {
        return false;
    }
}

export class CreditKanbanRenderer extends KanbanRenderer {
    static template = "credit_management.KanbanRenderer";
    static components = { ...KanbanRenderer.components, ChecksOff };
}

registry.category("views").add("credit_list", { ...listView, Renderer: CreditListRenderer });
registry.category("views").add("credit_kanban", { ...kanbanView, Renderer: CreditKanbanRenderer });
