import { Component } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { formatDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** Chooses the day of an aging. It becomes a facet of the search, so that favourites keep it. */
export class AgingAsOf extends Component {
    static template = "credit_management.AgingAsOf";
    static components = { DateTimeInput };
    static props = { day: String };

    get value() {
        return DateTime.fromISO(this.props.day);
    }

    get monthEnds() {
        const lastMonth = this.value.minus({ months: 1 }).endOf("month");
        return { previous: lastMonth, next: this.value.plus({ days: 1 }).endOf("month") };
    }

    choose(day) {
        if (!day || serializeDate(day) === this.props.day) {
            return;
        }
        const search = this.env.searchModel;
        const chosen = search.query
            .map((part) => search.searchItems[part.searchItemId])
            .find((item) => item.context?.credit_aging_as_of);
        if (chosen) {
            search.deactivateGroup(chosen.groupId);
        }
        search.createNewFilters([
            {
                description: _t("As of %s", formatDate(day)),
                domain: "[]",
                context: { credit_aging_as_of: serializeDate(day) },
                invisible: "True",
            },
        ]);
    }
}
