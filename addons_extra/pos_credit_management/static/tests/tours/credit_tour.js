/* global posmodel */

import { registry } from "@web/core/registry";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Offline from "@point_of_sale/../tests/generic_helpers/offline_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";

const start = [Chrome.startPoS(), Dialog.confirm("Open Register")];

/** Sell goods of 150 to the customer, up to the payment by a method. */
const sell = (method) => [
    ProductScreen.clickDisplayedProduct("Goods"),
    ProductScreen.clickPartnerButton(),
    ProductScreen.clickCustomer("Counter Customer"),
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod(method),
];
const see = (trigger) => ({ content: `see ${trigger}`, trigger });
const click = (trigger) => ({ content: `click ${trigger}`, trigger, run: "click" });
const fill = (name, value) => ({
    content: `fill ${name}`,
    trigger: `.o_credit_sign_in input[name=${name}]`,
    run: `edit ${value}`,
});
const validate = [PaymentScreen.clickValidate()];
const finished = [ReceiptScreen.isShown(), ReceiptScreen.clickNextOrder()];
const stopped = [
    see(".o_credit_dialog .o_credit_reason:contains(does not allow this sale on account)"),
    see(".o_credit_dialog:not(:contains(100.00))"),
];

/** The connection is back: wait until the server has the sale. */
const arrive = {
    content: "the sale arrives at the server",
    trigger: "body",
    timeout: 20000,
    async run() {
        window.dispatchEvent(new Event("online"));
        while (!posmodel.models["pos.order"].every((order) => order.isSynced || order.state === "draft")) {
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
    },
};

const release = [
    click(".o_credit_here"),
    fill("credit_login", "boss"),
    fill("credit_password", "wrong"),
    click(".o_credit_release"),
    see(".o_credit_error:contains(Wrong login or password)"),
    fill("credit_password", "boss-secret-1"),
    click(".o_credit_release"),
];
const ask = [
    click(".o_credit_ask"),
    see(".o_credit_waiting:contains(boss)"),
    click(".o_credit_again"),
    see(".o_credit_waiting:contains(boss)"),
];

registry.category("web_tour.tours").add("pos_credit_cash_then_asked_for", {
    steps: () =>
        [
            start,
            sell("Customer Account"),
            validate,
            stopped,
            click(".o_credit_other"),
            PaymentScreen.clickPaymentlineDelButton("Customer Account", "150.00"),
            PaymentScreen.clickPaymentMethod("Cash till"),
            validate,
            finished,
            sell("Customer Account"),
            validate,
            stopped,
            ask,
            click(".o_credit_other"),
            Chrome.endTour(),
        ].flat(Infinity),
});

/** Salespeople read figures; a manager signs in. */
registry.category("web_tour.tours").add("pos_credit_released_at_counter", {
    steps: () =>
        [
            start,
            sell("Customer Account"),
            see(".o_credit_available:contains(100.00)"),
            validate,
            see(".o_credit_dialog .o_credit_reason:contains(150.00)"),
            release,
            finished,
            Chrome.endTour(),
        ].flat(Infinity),
});

registry.category("web_tour.tours").add("pos_credit_offline", {
    steps: () =>
        [
            start,
            sell("Customer Account"),
            Offline.setOfflineMode(),
            validate,
            Dialog.is({ title: "Credit cannot be checked" }),
            Dialog.confirm("Sell on account"),
            Dialog.confirm("Continue with limited functionality"),
            ReceiptScreen.isShown(),
            Offline.setOnlineMode(),
            arrive,
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(Infinity),
});
