import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { RPCError } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";

/** A sale that does not fit the credit: why, and the ways on. Closes with true when it may go on. */
export class CreditDialog extends Component {
    static template = "pos_credit_management.CreditDialog";
    static components = { Dialog };
    static props = {
        state: Object,
        check: Function,
        customer: String,
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ ...this.props.state, error: "", isSigningIn: false, isBusy: false });
        this.manager = useState({ login: "", password: "" });
    }

    get waitingText() {
        return this.state.desk
            ? _t("A release has been asked for. %s decides.", this.state.desk)
            : _t("A release has been asked for.");
    }

    async run(method, args) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        this.state.error = "";
        try {
            const state = await this.props.check(method, args);
            if (state.is_allowed) {
                this.props.getPayload(true);
                this.props.close();
                return;
            }
            Object.assign(this.state, state);
        } catch (error) {
            this.state.error =
                error instanceof RPCError
                    ? error.data.message
                    : _t("There is no connection. Try again, or take another payment.");
        } finally {
            this.state.isBusy = false;
            this.manager.password = "";
        }
    }

    checkAgain() {
        return this.run("credit_check_counter");
    }

    askForRelease() {
        return this.run("credit_ask_counter");
    }

    releaseHere() {
        return this.run("credit_release_counter", [this.manager.login, this.manager.password]);
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            this.releaseHere();
        }
    }
}
