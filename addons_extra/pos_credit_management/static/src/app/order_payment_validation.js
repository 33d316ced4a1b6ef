import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { ask, makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { handleRPCError } from "@point_of_sale/app/utils/error_handlers";
import { CreditDialog } from "@pos_credit_management/app/credit_dialog/credit_dialog";

patch(OrderPaymentValidation.prototype, {
    /** Override: a sale on account is checked before it is finished. The server decides it again. */
    async isOrderValid(isForceValidate) {
        if (!(await super.isOrderValid(...arguments))) {
            return false;
        }
        if (!this.pos.config._credit_is_checked || !this.order.isOnAccount) {
            return true;
        }
        try {
            return await this.isCreditAllowed();
        } catch (error) {
            return await this.handleCreditError(error);
        }
    },

    async isCreditAllowed() {
        // the check reads the order, so the server must have it
        await this.pos.syncAllOrders({ orders: [this.order], force: true, throw: true });
        const check = (method, args = []) =>
            this.pos.data.call("pos.order", method, [[this.order.id], ...args]);
        const state = await check("credit_check_counter");
        if (state.is_allowed) {
            return true;
        }
        const customer = this.order.getPartner().name;
        return Boolean(await makeAwaitable(this.pos.dialog, CreditDialog, { state, check, customer }));
    },

    /** Without a connection the cashier decides; the sale is checked, and marked, when it arrives. */
    async handleCreditError(error) {
        if (error instanceof ConnectionLostError) {
            return await ask(
                this.pos.dialog,
                {
                    title: _t("Credit cannot be checked"),
                    body: _t(
                        "There is no connection. If you sell on account now, the sale is checked later, and the credit controller is told if it should not have been made."
                    ),
                    confirmLabel: _t("Sell on account"),
                    cancelLabel: _t("Other payment"),
                },
                {},
                ConfirmationDialog
            );
        }
        if (error instanceof RPCError) {
            handleRPCError(error, this.pos.dialog);
            return false;
        }
        throw error;
    },
});
