import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { patch } from "@web/core/utils/patch";

patch(PosOrder.prototype, {
    /** Whether finishing the order would lend something to its customer. The server knows how much. */
    get isOnAccount() {
        return (
            Boolean(this.getPartner()) &&
            this.payment_ids.some((line) => line.payment_method_id.type === "pay_later" && line.amount > 0)
        );
    },
});
