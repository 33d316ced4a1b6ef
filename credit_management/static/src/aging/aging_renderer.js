import { _t } from "@web/core/l10n/translation";
import { ListRenderer } from "@web/views/list/list_renderer";
import { formatMonetary } from "@web/views/fields/formatters";

const BESIDE = [
    "amount_credits",
    "amount_advance",
    "amount_beside",
    "amount_received_since",
    "amount_credited_since",
    "amount_covered",
];
const MILLION = 1e6;
const PLANNED = ["date_original", "date_planned"];
// on a phone the bar tells the columns
const ON_PHONE = ["document_name", "date_due", "amount_total"];

/** Odoo's list with the titles of a set of columns, a bar for each group, the totals of all groups, and the tie. */
export class AgingRenderer extends ListRenderer {
    static template = "credit_management.AgingRenderer";
    static groupRowTemplate = "credit_management.AgingGroupRow";

    get aging() {
        return this.props.list.model.aging;
    }

    get titles() {
        return Object.fromEntries(this.aging.columns.map((column) => [column.name, column.title]));
    }

    /** Columns that the set does not have are left out, and those beside them in which nothing stands. */
    getActiveColumns() {
        const titles = this.titles;
        return this.withCustomer(super.getActiveColumns())
            .filter((column) => !/^amount_\d+$/.test(column.name) || column.name in titles)
            .filter((column) => !BESIDE.includes(column.name) || this.aging.totals[column.name])
            .filter((column) => !PLANNED.includes(column.name) || this.aging.is_planned)
            .filter((column) => !this.env.isSmall || ON_PHONE.includes(column.name))
            .map((column) => (titles[column.name] ? { ...column, label: titles[column.name] } : column))
            .map((column) => this.fit(column));
    }

    /** With a sign of its currency an amount is wider, and so is a total of millions; on a phone there is room
     * for a number of a document, no more. */
    fit(column) {
        const total = this.aging.totals[column.name];
        const isWide = total !== undefined && (this.aging.in_document_currency || Math.abs(total) >= MILLION);
        const width = isWide ? "125px" : this.env.isSmall && column.name === "document_name" && "125px";
        // another ID: Odoo keeps the widths of columns that it knows
        return width ? { ...column, id: `${column.id}_fit`, attrs: { ...column.attrs, width } } : column;
    }

    /** Where rows are not grouped by customer each one says whose it is. */
    withCustomer(columns) {
        const customer = this.allColumns.find((column) => column.name === "partner_id");
        const isGrouped = (this.props.list.groupBy || []).includes("partner_id");
        return isGrouped || columns.includes(customer) ? columns : [customer, ...columns];
    }

    get hasSelectors() {
        return false;
    }

    /** A phone shows the columns it has room for: there is nothing to choose. */
    get displayOptionalFields() {
        return super.displayOptionalFields && !this.env.isSmall;
    }

    /** Nothing is done to a customer from its line. */
    showGroupConfigMenu() {
        return false;
    }

    isSum(column) {
        return column.name in this.aging.totals;
    }

    /** Zero is left out: what there is stands out. A currency is said where there are several. */
    format(amount, currencyId) {
        const noSymbol = !this.aging.in_document_currency;
        return amount ? formatMonetary(amount, { currencyId, noSymbol }) : "";
    }

    /** The totals are those of all groups, also of other pages. */
    computeAggregates() {
        const { totals, currency_id: currencyId, in_document_currency: isMixed } = this.aging;
        const sums = this.columns.filter((column) => this.isSum(column));
        return Object.fromEntries(
            sums.map(({ name }) => [
                name,
                { value: isMixed ? "" : this.format(totals[name], currencyId), rawValue: totals[name] },
            ])
        );
    }

    formatGroupAggregate(group, column) {
        if (column.name === "days_late" && !group.aggregates.days_late) {
            return { value: "" };
        }
        if (!this.isSum(column)) {
            return super.formatGroupAggregate(group, column);
        }
        const currencies = group.aggregates.shown_currency_id || [];
        if (currencies.length > 1) {
            return { value: column.name === "amount_total" ? _t("several currencies") : "" };
        }
        return { value: this.format(group.aggregates[column.name], currencies[0]) };
    }

    getFormattedValue(column, record) {
        if (this.isSum(column)) {
            return this.format(record.data[column.name], record.data.shown_currency_id.id);
        }
        return column.name === "days_late" && !record.data.days_late ? "" : super.getFormattedValue(column, record);
    }

    canUseFormatter(column, record) {
        return this.isSum(column) || super.canUseFormatter(column, record);
    }

    // -- around the table ------------------------------------------------------------------------

    /** Each group's columns as parts of a bar; credits are not part of it. */
    getSegments(group) {
        const amounts = this.aging.columns.map((column, number) => ({
            ...column,
            amount: Math.max(group.aggregates[column.name] || 0, 0),
            shade: number / Math.max(this.aging.columns.length - 1, 1),
        }));
        const all = amounts.reduce((sum, part) => sum + part.amount, 0);
        return amounts
            .filter((part) => part.amount)
            .map((part) => ({
                name: part.name,
                title: `${part.title}: ${Math.round((100 * part.amount) / all)} %`,
                style: `width: ${((100 * part.amount) / all).toFixed(2)}%; opacity: ${
                    part.is_due ? (0.45 + 0.55 * part.shade).toFixed(2) : 1
                }`,
                kind: part.is_due ? "late" : "not_due",
            }));
    }

    /** What the bar says, for who does not see it. */
    getBarText(group) {
        return this.getSegments(group)
            .map((part) => part.title)
            .join(", ");
    }

    getLimitText(group) {
        const limit = group.groupByField.name === "group_id" && this.aging.limits?.[group.value];
        return limit ? _t("Limit: %s", limit) : "";
    }

    /** Where document currencies are shown: their totals, which do not add up. */
    get currencyTotals() {
        return this.aging.by_currency.map((row) => ({
            key: row.currency_id,
            cells: this.getAggregateColumns().map(({ name }) => ({
                name,
                text: row.totals[name] ? this.money(row.totals[name], row.currency_id) : "",
            })),
        }));
    }

    /** From which day is counted stands first: the titles do not tell lateness from age. */
    get notesText() {
        return [_t("Counted from: %s", this.aging.basis_text), ...this.aging.notes].join(" · ");
    }

    get countText() {
        return _t("Total of %s open items", this.aging.count);
    }

    get tieRows() {
        return this.aging.tie.map((row, number) => {
            const values = {
                account: row.account,
                amount: this.money(row.ledger, row.currency_id),
                difference: this.money(row.difference, row.currency_id),
                reason: row.reason,
            };
            return {
                key: number,
                isTied: !row.difference,
                text: row.difference
                    ? _t("Differs from %(account)s (%(amount)s) by %(difference)s. %(reason)s", values)
                    : _t("Ties to %(account)s: %(amount)s", values),
            };
        });
    }

    get besideText() {
        const parts = this.aging.beside.map(
            (row) => `${row.label} ${this.money(row.amount, this.aging.currency_id)}`
        );
        return parts.length ? _t("Beside the columns: %s", parts.join(" · ")) : "";
    }

    money(amount, currencyId) {
        return formatMonetary(amount || 0, { currencyId });
    }
}
