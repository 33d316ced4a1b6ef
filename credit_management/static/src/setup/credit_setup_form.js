import { onMounted } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** Setting up is a page, no record: nothing is new, duplicated or exported, and its buttons work at once. */
export class CreditSetupFormController extends FormController {
    static template = "credit_management.SetupFormView";

    setup() {
        super.setup();
        onMounted(async () => {
            if (this.model.root.isNew) {
                await this.model.root.save();
            }
        });
    }
}

registry.category("views").add("credit_setup_form", { ...formView, Controller: CreditSetupFormController });
