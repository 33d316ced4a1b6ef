import { registry } from "@web/core/registry";

/** The salesperson confirms an order that does not fit, sees why, and asks for a release. */
registry.category("web_tour.tours").add("credit_order_held", {
    steps: () => [
        {
            content: "The strip says beforehand that the order would be held",
            trigger: ".o_credit_panel:contains('Would be held on credit'):contains('over by')",
        },
        {
            content: "Confirm",
            trigger: ".o_statusbar_buttons button[name=action_confirm]:visible",
            run: "click",
        },
        {
            content: "The order is held, and the banner tells the reason",
            trigger: ".o_field_credit_banner .alert-danger:contains('On credit hold'):contains('over by')",
        },
        {
            content: "Why?",
            trigger: ".o_credit_panel button:contains('Why?')",
            run: "click",
        },
        {
            content: "The findings say what frees it",
            trigger: ".o_credit_why:contains('What frees it')",
        },
        {
            content: "Ask for a release",
            trigger: ".o_credit_ask",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit The customer pays on Friday",
        },
        {
            content: "Ask",
            trigger: ".modal footer button[name=action_ask]",
            run: "click",
        },
        {
            content: "It was asked for",
            trigger: ".o_field_credit_banner .alert:contains('A release was asked for')",
        },
    ],
});

/** The credit manager finds the order among the holds and releases it with a reason. */
registry.category("web_tour.tours").add("credit_order_released", {
    steps: () => [
        {
            content: "Choose the held order; nothing is done to a customer from the line of its group",
            trigger:
                ".o_list_renderer:not(:has(.o_group_config, .o_list_group_add)) .o_data_row:contains('Tour Customer') .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Release",
            trigger: ".o_control_panel button:contains('Release')",
            run: "click",
        },
        {
            content: "Choose a reason",
            trigger: ".modal .o_field_widget[name=reason_id] input",
            run: "edit Payment promised",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Payment promised')",
            run: "click",
        },
        {
            content: "Release, and take the stopped step",
            trigger: ".modal footer button:contains('Release'):visible",
            run: "click",
        },
        {
            content: "Nothing of the customer waits any more",
            trigger: "body:not(:has(.modal)):not(:has(.o_data_row:contains('Tour Customer')))",
        },
    ],
});

/** The salesperson finds the order confirmed, and sees who released it. */
registry.category("web_tour.tours").add("credit_order_confirmed", {
    steps: () => [
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Sales Order')",
        },
        {
            content: "Who released it, until when, up to how much",
            trigger: ".o_field_credit_banner .alert-success:contains('Released'):contains('up to')",
        },
    ],
});

/** A statement is sent from the menu of the credit file's header; what was looked up stands above as figures. */
registry.category("web_tour.tours").add("credit_file_statement", {
    steps: () => [
        {
            content: "The exposure is a figure that opens its sheet",
            trigger: ".o-form-buttonbox button[name=action_open_exposure]:contains('1,200.00')",
        },
        {
            content: "What can be done with a statement",
            trigger: ".o_credit_statement_menu",
            run: "click",
        },
        {
            content: "All ways are there",
            trigger: ".o-dropdown--menu:has(.action_print_statement):has(.action_make_statement)",
        },
        {
            content: "Send it",
            trigger: ".o-dropdown--menu .action_send_statement",
            run: "click",
        },
        {
            content: "A letter with the statement attached",
            trigger: ".modal:has(.modal-title:contains('Send the Statement')) .btn-close",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});
