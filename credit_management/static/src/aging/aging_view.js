import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { listView } from "@web/views/list/list_view";
import { ListController } from "@web/views/list/list_controller";
import { AgingAsOf } from "./aging_as_of";
import { AgingModel } from "./aging_model";
import { AgingRenderer } from "./aging_renderer";

export class AgingController extends ListController {
    static template = "credit_management.AgingView";
    static components = { ...ListController.components, AgingAsOf };

    /** What is on the screen as a file, with all groups and items. */
    async download(kind) {
        const { context, domain, groupBy } = this.model.root;
        await download({
            url: `/credit/aging/${kind}`,
            data: { data: JSON.stringify({ context, domain, groupby: groupBy[0] }) },
        });
    }
}

registry.category("views").add("credit_aging", {
    ...listView,
    Controller: AgingController,
    Model: AgingModel,
    Renderer: AgingRenderer,
});
