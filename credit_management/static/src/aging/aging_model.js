import { RelationalModel } from "@web/model/relational_model/relational_model";

const JOINED = ["tags", "analytic_account_id"];

/** Odoo's list, which keeps what stands around its groups: titles of columns, totals of all, the tie to the ledger. */
export class AgingModel extends RelationalModel {
    // what was shown last time is a figure of then
    static withCache = false;

    /** What is joined only where somebody asks for it is asked for by grouping or filtering by it. */
    _getNextConfig() {
        const config = super._getNextConfig(...arguments);
        const named = new Set([...(config.groupBy || []), ...(config.domain || []).map((part) => part[0])]);
        config.context.credit_aging_by = JOINED.filter((name) => named.has(name));
        config.context.credit_aging_is_tie_apart = true;
        return config;
    }

    async _webReadGroup(config, cache) {
        const result = await super._webReadGroup(config, cache);
        this.keep(result.aging, config);
        return result;
    }

    /** To add the ledger up takes as long as the page: it is shown, and the tie stands below it when it is there. */
    keep(aging, config) {
        this.aging = aging;
        if (aging.is_tie_apart) {
            this.loadTie(aging, config);
        }
    }

    async loadTie(aging, config) {
        aging.tie = await this.orm.silent.call(config.resModel, "read_tie", [], { context: config.context });
        aging.is_tie_apart = false;
        if (this.aging === aging) {
            this.notify();
        }
    }

    /** Odoo keeps groups that are gone, with nothing in them: as of another day they are other groups. */
    async _postprocessReadGroup(config, response) {
        delete config.currentGroups;
        return super._postprocessReadGroup(config, response);
    }

    async _loadUngroupedList(config, cache) {
        const context = { ...config.context, ...this.getAskedCustomer(config) };
        const loading = super._loadUngroupedList({ ...config, context }, cache);
        if (config.isRoot) {
            const { context } = config;
            this.keep(await this.orm.call(config.resModel, "read_summary", [config.domain], { context }), config);
        }
        return loading;
    }

    /** The items of one customer are found by themselves: those of everybody take longer. */
    getAskedCustomer(config) {
        const asked = config.domain.filter(
            (part) => part[0] === "partner_id" && part[1] === "=" && Number.isInteger(part[2])
        );
        const isPlain = config.domain.every((part) => Array.isArray(part) || part === "&");
        return isPlain && asked.length ? { credit_aging_partner_id: asked[0][2] } : {};
    }
}
