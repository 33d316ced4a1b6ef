"""The main job in a real browser, as each role does it, in both languages; its pages are the manual's pictures."""

import contextlib

import pytest
from conftest import serve_copy
from pictures import ARE_RENEWED, Camera

# language: whose quotation goes over the limit, and the customer's reference on it
JOURNEYS = {"en_US": ("sales", "BANTRY-07"), "zh_CN": ("sales2", "LISMORE-05")}
LANGUAGES = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in JOURNEYS]
each_screen = pytest.mark.parametrize("language", LANGUAGES if ARE_RENEWED else LANGUAGES[:1], indirect=True)
STAFF = ("sales", "sales2", "controller", "manager", "accountant", "admin")


@pytest.fixture(scope="session")
def companies():
    """Return a function that serves a demo company of its own for each language."""
    servers = {}
    with contextlib.ExitStack() as stack:
        def serve(language):
            if language not in servers:
                servers[language] = stack.enter_context(serve_copy(f"credit_test_pictures_{language.lower()}"))
                _speak(servers[language], language)
            return servers[language]
        yield serve


def _speak(server, language):
    """Everybody reads this language."""
    admin = server.login("admin")
    users = admin.search("res.users", [("login", "in", STAFF)], "id")
    admin.call("res.users", "write", [user["id"] for user in users], {"lang": language})


@pytest.fixture(params=LANGUAGES)
def language(request):
    """Return the language in which everybody reads."""
    return request.param


@pytest.fixture
def server(companies, language):
    """Return the server of the language."""
    return companies(language)


@pytest.fixture
def camera(log_in, server, screenshots, language):
    """Return a function that logs a user in and hands over a camera."""
    return lambda login: Camera(log_in(server, login, language), server.url, screenshots, language)


def find_order(server, reference):
    """Return the id of the quotation with a customer's reference."""
    return server.login("admin").search("sale.order", [("client_order_ref", "=", reference)], "id")[0]["id"]


def read_order(server, order):
    """Return state and credit status of an order."""
    values = server.login("admin").read("sale.order", [order], "state", "credit_hold_state")[0]
    return values["state"], values["credit_hold_state"]


def test_an_order_is_held_released_and_confirmed(camera, server, language):
    seller, reference = JOURNEYS[language]
    order = find_order(server, reference)

    sales = camera(seller)
    ask_for_release(sales, order)
    assert read_order(server, order)[1] == "held"
    document = server.login("admin").read("sale.order", [order], "name")[0]["name"]

    manager = camera("manager")
    release(manager, document)
    assert read_order(server, order) == ("sale", "released")

    sales.open(f"sales/{order}", ".o_field_credit_banner .alert-success")
    sales.take("05_order_released")
    assert not sales.tell_errors() + manager.tell_errors()


def ask_for_release(sales, order):
    """Look at the strip, confirm, see the hold, ask."""
    sales.open(f"sales/{order}", ".o_credit_panel .text-danger")
    sales.take("01_quotation_strip")
    sales.click(".o_credit_panel_buttons button", ".o_credit_why")
    sales.take("02_quotation_why")
    sales.page.keyboard.press("Escape")
    sales.click("button[name=action_confirm]", ".o_field_credit_banner .alert-danger")
    sales.take("03_order_held")
    sales.click(".o_credit_ask", ".modal button[name=action_ask]")
    sales.page.locator(".modal .o_field_widget[name=reason]").locator("input, textarea").first.fill("The site waits.")
    sales.click(".modal button[name=action_ask]")
    sales.page.locator(".o_credit_ask").wait_for(state="detached")
    sales.take("04_release_asked_for")


def release(manager, document):
    """Work the list of holds: look at one, release it with a reason."""
    manager.open("credit-holds", ".o_data_row")
    manager.take("10_holds")
    manager.click(".o_list_view thead .o_list_record_selector")  # the list's own buttons appear
    manager.take("11_holds_selected")
    manager.click(".o_control_panel button.btn-primary:not(.o-dropdown)", ".modal footer")
    manager.wait(".modal .o_field_widget[name=warning]")  # a stopped account is among them
    manager.take("13b_release_many")
    manager.open("credit-holds", ".o_data_row")
    manager.click(f".o_data_row:has-text('{document}') .o_data_cell[name=document_name]", ".o_field_credit_findings")
    manager.take("12_hold_findings")
    manager.click(".o_statusbar_buttons button.btn-primary", ".modal footer")
    manager.choose_first("reason_id")
    manager.take("13_release_dialog")
    manager.click(".modal footer button[name=action_apply]")
    manager.page.locator(".modal").wait_for(state="detached")


def test_a_payment_frees_an_order(camera, server):
    order = find_order(server, "KINSALE-03")
    sales = camera("sales")
    sales.open(f"sales/{order}", ".o_credit_panel")
    if read_order(server, order)[1] != "held":
        sales.click("button[name=action_confirm]", ".o_field_credit_banner .alert-danger")
    sales.take("06_order_held_until_paid")
    assert read_order(server, order) == ("draft", "held")

    pay(camera("accountant"), find_open_invoice(server, order))
    assert read_order(server, order)[0] == "sale"

    sales.open(f"sales/{order}", ".o_credit_panel")
    sales.take("07_order_freed_by_payment")
    assert not sales.tell_errors()


def find_open_invoice(server, order):
    """Return the id of the unpaid invoice of an order's customer."""
    admin = server.login("admin")
    customer = admin.read("sale.order", [order], "partner_invoice_id")[0]["partner_invoice_id"][0]
    domain = [("partner_id", "=", customer), ("state", "=", "posted"), ("payment_state", "=", "not_paid")]
    return admin.search("account.move", domain, "id")[0]["id"]


def pay(accountant, invoice):
    """Register the payment of an invoice as an accountant does."""
    accountant.open(f"account.move/{invoice}", ".o_form_view")
    accountant.click("button[name=action_register_payment]", ".modal footer")
    accountant.take("32_register_payment")
    accountant.click(".modal footer button[name=action_create_payments]")
    accountant.page.locator(".modal").wait_for(state="detached")
    accountant.take("33_invoice_paid")
    assert not accountant.tell_errors()


@each_screen
def test_what_a_manager_sets_up(camera, server):
    manager = camera("manager")
    manager.open("action-credit_management.action_credit_setup", ".o_form_view")
    manager.take("26_setting_up")
    manager.open("credit-policies", ".o_data_row")
    manager.click(".o_data_row .o_data_cell[name=name]", ".o_credit_rules .o_data_row")
    rules = read_rules(server)
    manager.click(".o_credit_rules .o_data_row .o_data_cell[name=criterion]", ".modal .o_field_widget[name=criterion]")
    manager.page.locator(".modal .o_field_widget[name=amount_tolerance] input").fill("2500")
    manager.click(".modal .o_form_button_save")
    manager.wait(".o_credit_rules .o_data_cell[name=threshold_text]:has-text('2,500')")
    manager.click("button[name=action_preview]", ".modal .o_form_view")
    manager.wait(".modal .alert-info")  # what is on the screen, not saved yet
    manager.take("27_policy_preview")
    manager.click(".modal footer .btn-secondary", ".o_form_button_save")
    manager.click(".o_form_button_cancel")
    assert read_rules(server) == rules
    admin = camera("admin")
    admin.open("action-credit_management.action_credit_settings", ".app_settings_block")
    admin.take("50_settings")
    assert not manager.tell_errors() + admin.tell_errors()


def read_rules(server):
    """Return all rules of all policies as they are stored."""
    admin = server.login("admin")
    rules = [rule["id"] for rule in admin.search("credit.policy.rule", [], "id")]
    return admin.read("credit.policy.rule", rules, "criterion", "amount_tolerance", "write_date")


@each_screen
def test_what_is_behind_a_figure(camera, server):
    controller = camera("controller")
    profile = server.login("admin").search("credit.profile", [("partner_id.name", "ilike", "Castlebar")], "id")[0]["id"]
    controller.open(f"credit-profiles/{profile}", ".o_credit_exposure_bar")
    controller.click("button[name=action_open_exposure]", ".o_view_controller.o_list_view .o_group_header")
    controller.take("14_exposure_sheet")
    controller.open(f"credit-profiles/{profile}", ".o_credit_exposure_bar")
    controller.click("button[name=action_open_forecast]", ".modal .o_form_view")
    controller.take("15_what_can_i_still_sell")
    controller.open(f"credit-profiles/{profile}", ".o_credit_exposure_bar")
    controller.click("button[name=action_open_partner]", ".o_form_view .o_notebook")
    controller.click(".o_notebook a[name=credit]", ".o_notebook .o_credit_exposure_bar")
    controller.take("16_customer_tab")
    assert not controller.tell_errors()


@each_screen
def test_what_a_controller_notes(camera, server):
    controller = camera("controller")
    controller.open("credit-promises", ".o_data_row")
    controller.take("17_promises")
    profile = server.login("admin").search("credit.profile", [("partner_id.name", "ilike", "Castlebar")], "id")[0]["id"]
    controller.open(f"credit-profiles/{profile}", ".o_credit_exposure_bar")
    controller.click("button[name=action_note_promise]", ".modal .o_form_view")
    controller.take("18_note_a_promise")
    controller.open("credit-covers", ".o_data_row")
    controller.take("19_covers")
    assert not controller.tell_errors()


@each_screen
def test_each_screen_of_the_app(camera, server):
    manager = camera("manager")
    manager.open("credit-profiles", ".o_data_row")
    manager.take("20_profiles")
    manager.click(".o_data_row .o_data_cell[name=partner_id]", ".o_credit_exposure_bar")
    manager.take("21_profile")
    manager.open("credit-policies", ".o_data_row")
    manager.take("22_policies")
    manager.click(".o_data_row .o_data_cell[name=name]", ".o_credit_rules .o_data_row")
    manager.take("23_policy")
    manager.open("credit-log", ".o_data_row")
    manager.take("24_decisions")
    manager.open("credit-limit-requests/new", ".o_form_view")
    manager.take("25_limit_request")
    assert not manager.tell_errors()


@each_screen
def test_the_accountants_screens(camera, server):
    admin = server.login("admin")
    invoice = admin.search(
        "account.move",
        [("move_type", "=", "out_invoice"), ("state", "=", "posted"), ("payment_state", "=", "not_paid")],
        "id",
        limit=1,
    )[0]["id"]
    accountant = camera("accountant")
    accountant.open(f"account.move/{invoice}", ".o_form_view")
    accountant.take("30_invoice")
    accountant.click("button[name=action_credit_dispute]", ".modal")
    accountant.take("31_dispute")
    assert not accountant.tell_errors()


@each_screen
def test_the_accountants_reports(camera, server):
    admin = server.login("admin")
    job = admin.search("ir.cron", [("model_id.model", "=", "credit.dunning.run")], "id")[0]["id"]
    admin.call("ir.cron", "method_direct_trigger", [job])
    assert admin.search("credit.dunning.run", [], "state")[0]["state"] == "ready"

    accountant = camera("accountant")
    accountant.open("action-credit_management.action_credit_open_item", ".o_group_header")
    accountant.take("34_aged_receivables")
    accountant.click(".o_group_header:has-text('(3)')", ".o_data_row")
    accountant.take("35_aged_receivables_unfolded")
    accountant.open("action-credit_management.action_credit_statement", ".o_data_row")
    accountant.click(".o_data_row .o_data_cell[name=name]", ".o_form_view")
    accountant.take("36_statement")
    accountant.open("action-credit_management.action_credit_dunning_run", ".o_data_row")
    accountant.click(".o_data_row .o_data_cell[name=name]", ".o_form_view .o_data_row")
    accountant.take("37_dunning_run")
    accountant.open("action-credit_management.action_credit_notice", ".o_data_row")
    accountant.click(".o_data_row .o_data_cell[name=partner_id]", ".o_form_view")
    accountant.take("38_notice")
    assert not accountant.tell_errors()


@each_screen
def test_the_strip_fits_a_phone(camera, server):
    sales = camera("sales")
    with phone(sales.page):
        sales.open(f"sales/{find_order(server, 'YOUGHAL-12')}", ".o_credit_panel")
        strip = sales.page.locator(".o_credit_panel").bounding_box()
        assert strip["x"] >= 0
        assert strip["x"] + strip["width"] <= 390
        sales.page.locator(".o_credit_panel").scroll_into_view_if_needed()
        sales.take("40_phone")


@contextlib.contextmanager
def phone(page):
    """Show a page as small as on a phone."""
    usual = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    yield
    page.set_viewport_size(usual)
