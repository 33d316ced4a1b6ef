"""Named pictures of pages, taken while the main job is done in a real browser.

They are kept with the other results of a run, and those of the manual are the same files:
a picture that `docs/pictures` lacks is copied there; `CREDIT_PICTURES=1` renews all of them, and goes to
every screen in the second language, too, where otherwise the main job and the customer's pages do.
Selectors name fields, buttons and classes, never words, so that one journey serves every language.
"""

import os
import shutil
from pathlib import Path

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "pictures"
ARE_RENEWED = bool(os.environ.get("CREDIT_PICTURES"))
SETTLE = 500  # milliseconds in which animations and avatars arrive
GO_ON = """path => {
    document.querySelectorAll(".o_action").forEach((action) => { action.dataset.left = "1"; });
    history.pushState({}, "", path);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}"""
CLOSE_MESSAGES = """spare => [...document.querySelectorAll(".o_notification_close")]
    .reverse().slice(spare).forEach((close) => close.click())"""
HARMLESS = ("favicon", "ResizeObserver")


class Camera:
    """One user's page in one language: goes to screens, works on them, takes pictures."""

    def __init__(self, page, url, folder, language):
        """Take pictures of `page`, kept below `folder` by language."""
        self.page = page
        self.url = url
        self.folder = Path(folder) / language
        self.manual = MANUAL / language
        self.errors = []
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", lambda message: message.type == "error" and self._note(message.text))

    def _note(self, text):
        if not any(word in text for word in HARMLESS):
            self.errors.append(text)

    def open(self, path, ready=".o_view_controller"):
        """Go to a page of the web client and wait until it shows what was asked for."""
        if self.page.url.startswith(f"{self.url}/odoo"):
            self.close_messages()
            self._go_on(path)
        else:
            self.page.goto(f"{self.url}/odoo/{path}")
            self.page.add_style_tag(content=".o-mail-ChatHub { display: none !important; }")  # the robot's greeting
        self.wait(ready)

    def _go_on(self, path):
        """Go to another page as the browser's Back button does: the web client stays loaded."""
        self.page.evaluate(GO_ON, f"/odoo/{path}")
        self.page.locator(".o_action[data-left]").first.wait_for(state="detached")

    def wait(self, selector):
        """Wait until something is on the screen."""
        self.page.locator(f"{selector} >> visible=true").first.wait_for()

    def click(self, selector, then=None):
        """Click the first match that can be seen; wait for what should follow."""
        self.page.locator(f"{selector} >> visible=true").first.click()
        if then:
            self.wait(then)

    def choose_first(self, field):
        """Choose the first record offered by a many2one field of the dialog."""
        self.page.locator(f".modal .o_field_widget[name={field}] input").first.click()
        self.click(".o-autocomplete--dropdown-item:not(:has(.o_loading))")
        self.page.locator(".o-autocomplete--dropdown-menu").wait_for(state="detached")

    def close_messages(self, spare=0):
        """Close the messages that have piled up over the page, but the newest ones that are spared."""
        self.page.evaluate(CLOSE_MESSAGES, spare)

    def take(self, name):
        """Take the picture `name`; give the manual its copy."""
        self.close_messages(spare=1)
        self.page.mouse.move(1, 1)  # no tooltip in the picture
        picture, copy = self.folder / f"{name}.png", self.manual / f"{name}.png"
        is_wanted = ARE_RENEWED or not copy.exists()
        if is_wanted:
            self.page.wait_for_timeout(SETTLE)
        picture.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=picture)
        if is_wanted:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, copy)
        return picture

    def tell_errors(self):
        """Return what the browser complained of since the last question."""
        errors, self.errors = self.errors, []
        return errors
