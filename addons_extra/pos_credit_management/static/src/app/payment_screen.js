import { useEffect, useState } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { PaymentScreen } from "@point_of_sale/app/screens/payment_screen/payment_screen";

patch(PaymentScreen.prototype, {
    /** Override: what may still go on account, for those who may see it. */
    setup() {
        super.setup(...arguments);
        this.credit = useState({ text: "" });
        useEffect(
            (partnerId) => {
                this.loadCredit(partnerId);
            },
            () => [this.currentOrder?.isOnAccount && this.currentOrder.getPartner().id]
        );
    },

    async loadCredit(partnerId) {
        this.credit.text = "";
        if (partnerId && this.pos.config._credit_is_checked) {
            const args = [[this.pos.config.id], partnerId];
            this.credit.text = (await this.pos.data.silentCall("pos.config", "credit_get_available", args)) || "";
        }
    },
});
