import { registry } from "@web/core/registry";

const { DateTime } = luxon;

registry.category("web_tour.tours").add("credit_aging", {
    steps: () => [
        { content: "columns are called as the set calls them", trigger: "th:contains('Over 120 days')" },
        { content: "so is the day from which is counted", trigger: ".o_credit_aging_notes:contains('Due date')" },
        { content: "the total ties", trigger: ".o_credit_tied:contains('Ties to')" },
        {
            content: "the end of the month before",
            trigger: ".o_credit_as_of button:first",
            run: "click",
        },
        { content: "the day is a facet", trigger: ".o_facet_value:contains('As of')" },
        {
            content: "unfold the customer, as of that day",
            trigger: `.o_credit_aging[data-as-of='${DateTime.now()
                .minus({ months: 1 })
                .endOf("month")
                .toISODate()}'] .o_group_header:contains('Tour Aged')`,
            run: "click",
        },
        {
            content: "open its invoice",
            trigger: ".o_data_row:contains('100.00') .o_data_cell:first",
            run: "click",
        },
        { content: "the invoice", trigger: ".o_form_view [name='invoice_line_ids']" },
        { content: "back", trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        { content: "where one was", trigger: ".o_data_row:contains('100.00')" },
        { content: "still as of that day", trigger: ".o_facet_value:contains('As of')" },
        {
            content: "open it once more",
            trigger: ".o_data_row:contains('100.00') .o_data_cell:first",
            run: "click",
        },
        {
            content: "back by the button of the browser",
            trigger: ".o_form_view [name='invoice_line_ids']",
            run: () => history.back(),
        },
        { content: "the customer is unfolded still", trigger: ".o_group_open:contains('Tour Aged')" },
        { content: "its invoice is there", trigger: ".o_data_row:contains('100.00')" },
        { content: "as of that day", trigger: ".o_facet_value:contains('As of')" },
    ],
});
