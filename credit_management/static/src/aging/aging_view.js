import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { listView } from "@web/views/list/list_view";
import { ListController } from "@web/views/list/list_controller";
import { AgingAsOf } from "./aging_as_of";
import { AgingModel } from "./aging_model";
import { usePlace, withPlace } from "./aging_place";
import { AgingRenderer } from "./aging_renderer";

export class AgingController extends ListController {
    static template = "credit_management.AgingView";
    static components = { ...ListController.components, AgingAsOf, Dropdown, DropdownItem };

    setup() {
        super.setup();
        this.notification = useService("notification");
        usePlace(this);
    }

    get modelParams() {
        const { state, globalState } = this.props;
        const params = super.modelParams;
        const place = !state && globalState?.agingPlace;
        return place ? { ...params, config: withPlace(params.config, place) } : params;
    }

    /** What is asked for on the screen. */
    get asked() {
        const { context, domain, groupBy } = this.model.root;
        return { context, domain, groupby: groupBy[0] || "partner_id" };
    }

    /** What is on the screen as a file, with all groups; what takes long is made in the background. */
    async download(kind) {
        if (!this.model.aging.slow_files.includes(kind)) {
            await download({ url: `/credit/aging/${kind}`, data: { data: JSON.stringify(this.asked) } });
            return;
        }
        const { context, domain, groupby } = this.asked;
        const text = await this.orm.call("credit.aging.schedule", "make_in_background", [kind, domain, groupby], {
            context,
        });
        this.notification.add(text, { type: "info", sticky: true });
    }

    /** Open a new schedule that mails what is on the screen. */
    async mailRegularly() {
        const { context, domain, groupby } = this.asked;
        const action = await this.orm.call("credit.aging.schedule", "action_plan", [domain, groupby], { context });
        await this.actionService.doAction(action);
    }
}

registry.category("views").add("credit_aging", {
    ...listView,
    Controller: AgingController,
    Model: AgingModel,
    Renderer: AgingRenderer,
});
