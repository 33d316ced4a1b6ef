import { registry } from "@web/core/registry";

/** A manager adds a rule to a policy: the line asks for what the chosen criterion uses, and for nothing else. */
registry.category("web_tour.tours").add("credit_policy_rules", {
    steps: () => [
        {
            content: "A rule on the limit has a tolerance, and neither days nor an amount",
            trigger:
                ".o_credit_rules .o_data_row:contains('Limit exceeded') td[name=amount_tolerance]:contains('0.00')",
        },
        {
            trigger: ".o_credit_rules .o_data_row:not(:has(td[name=amount]:contains('0'))):not(:has(td[name=days]:contains('0')))",
        },
        {
            content: "Add a rule",
            trigger: ".o_credit_rules .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "It begins as one on the limit",
            trigger: ".o_credit_rules .o_selected_row:has(td[name=amount_tolerance] input):not(:has(td[name=amount] input))",
        },
        {
            content: "Choose another criterion",
            trigger: ".o_credit_rules .o_selected_row td[name=criterion] .o_select_menu input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains('Document amount at or above')",
            run: "click",
        },
        {
            content: "Now the line asks for the amount",
            trigger: ".o_credit_rules .o_selected_row:not(:has(td[name=amount_tolerance] input)) td[name=amount] input",
            run: "edit 5000",
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
