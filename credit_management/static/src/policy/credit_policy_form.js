import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** A policy shows what it would do before it is saved: the preview takes what is on the screen. */
export class CreditPolicyFormController extends FormController {
    setup() {
        super.setup();
        this.action = useService("action");
    }

    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name !== "action_preview") {
            return super.beforeExecuteActionButton(clickParams);
        }
        await this.preview(this.model.root);
        return false;
    }

    async preview(record) {
        if (!(await record.checkValidity({ displayNotification: true }))) {
            return;
        }
        const ids = record.resId ? [record.resId] : [];
        const changes = await record.getChanges();
        await this.action.doAction(await this.orm.call("credit.policy", "action_preview", [ids, changes]));
    }
}

registry.category("views").add("credit_policy_form", { ...formView, Controller: CreditPolicyFormController });
