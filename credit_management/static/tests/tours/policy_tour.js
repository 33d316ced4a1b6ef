import { registry } from "@web/core/registry";

/** A manager adds a rule to a policy: the dialog asks for what the chosen criterion uses, and for nothing else. */
registry.category("web_tour.tours").add("credit_policy_rules", {
    steps: () => [
        {
            content: "A rule on the limit forgives an amount, and says so in words",
            trigger: ".o_credit_rules .o_data_row:contains('Limit exceeded') td[name=threshold_text]:contains('by more than'):contains('25.00')",
        },
        {
            content: "Add a rule",
            trigger: ".o_credit_rules .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "It begins as one on the limit",
            trigger: ".modal:has(.o_field_widget[name=amount_tolerance]):not(:has(.o_field_widget[name=amount]))",
        },
        {
            content: "Choose another criterion",
            trigger: ".modal .o_field_widget[name=criterion] .o_select_menu input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains('Document amount at or above')",
            run: "click",
        },
        {
            content: "Now it asks for the amount",
            trigger: ".modal:not(:has(.o_field_widget[name=amount_tolerance])) .o_field_widget[name=amount] input",
            run: "edit 5000",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The line says it in one cell",
            trigger: ".o_credit_rules .o_data_row td[name=threshold_text]:contains('5,000.00')",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
