"""The set-up program's own parts, each without the network."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from environment import (
    addons,
    databases,
    locks,
    machine,
    odoo,
    odoo_source,
    outcomes,
    paths,
    phases,
    processes,
    python_env,
)
from environment.errors import SetupError

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments, **variables):
    """Run the set-up program and return how it ended."""
    environment = {**os.environ, "ARGS": "", **{name: str(value) for name, value in variables.items()}}
    return subprocess.run(
        [sys.executable, "-m", "environment", *arguments], cwd=ROOT, env=environment,
        capture_output=True, text=True, timeout=60, check=False,
    )


def assert_one_sentence(done, words):
    """A failure tells one clear thing and shows no traceback."""
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_state_folder_is_the_one_the_user_chose(monkeypatch, tmp_path):
    monkeypatch.setenv("CREDIT_STATE", str(tmp_path))
    assert paths.state_folder() == tmp_path


def test_a_full_disk_is_told_before_anything_is_fetched(monkeypatch, tmp_path):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1e9})())
    with pytest.raises(SetupError, match="GB free, 3 GB are needed"):
        machine.check_room(tmp_path)


def test_an_odd_python_is_told(monkeypatch):
    monkeypatch.setattr(machine.sys, "version_info", (3, 9, 1))
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    with pytest.raises(SetupError, match=r"Odoo 19 takes Python 3\.10 to 3\.13"):
        machine.find_python()


def test_another_python_on_the_path_is_taken_when_this_one_is_too_new(monkeypatch):
    monkeypatch.setattr(machine.sys, "version_info", (3, 15, 0))
    monkeypatch.setattr(machine.shutil, "which", lambda name: "/bin/python3.12" if name == "python3.12" else None)
    assert machine.find_python() == "/bin/python3.12"


def test_a_taken_port_is_told():
    port = odoo.free_port()
    with odoo.socket.socket() as listener:
        listener.bind((odoo.HOST, port))
        listener.listen()
        with pytest.raises(SetupError, match=f"Port {port} cannot be used"):
            odoo.check_port(port)


def test_the_demo_says_that_its_port_is_taken(tmp_path):
    with odoo.socket.socket() as listener:
        listener.bind((odoo.HOST, 0))
        listener.listen()
        done = command("demo", PORT=listener.getsockname()[1], CREDIT_STATE=tmp_path)
    assert_one_sentence(done, "cannot be used")


def test_a_port_in_letters_is_told(tmp_path):
    assert_one_sentence(command("demo", PORT="high", CREDIT_STATE=tmp_path), "PORT=high is not a number")


def test_a_second_run_says_who_holds_the_databases(tmp_path):
    with locks.lock(tmp_path, "test"):
        done = command("smoke", CREDIT_STATE=tmp_path)
    assert_one_sentence(done, f"Another run (process {os.getpid()})")


def test_a_lock_is_free_again_when_its_run_is_over(tmp_path):
    for _time in range(2):
        with locks.lock(tmp_path, "test"):
            pass


def test_a_wrong_odoo_is_told(monkeypatch, tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    monkeypatch.setenv("ODOO_PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"has Odoo 18\.0"):
        odoo_source.ensure_odoo(tmp_path, type("Step", (), {"done": lambda self, text: None})())


def test_an_environment_that_nobody_used_for_a_month_is_removed(tmp_path):
    month = 31 * 24 * 3600
    for name, age in (("used", 0), ("unused", month)):
        stamp = tmp_path / name / python_env.STAMP
        stamp.parent.mkdir()
        stamp.touch()
        os.utime(stamp, (time.time() - age,) * 2)
    python_env.forget_unused(tmp_path)
    assert [folder.name for folder in tmp_path.iterdir()] == ["used"]


def test_a_font_that_moved_in_its_package_is_found_again(tmp_path):
    fonts = tmp_path / odoo_source.PLACE / "odoo" / "addons" / "web" / "fonts"
    fonts.mkdir(parents=True)
    moved = tmp_path / "usr" / "share" / "fonts" / "new-place" / "Inconsolata-Regular.otf"
    moved.parent.mkdir(parents=True)
    moved.write_text("font")
    (fonts / "Inconsolata.otf").symlink_to("../share/old-place/Inconsolata.otf")
    odoo_source.complete_links(tmp_path)
    assert (fonts / "Inconsolata.otf").read_text() == "font"


def test_a_template_that_was_half_built_never_counts(tmp_path):
    class Memory(databases.Databases):
        """Databases that exist in a set only."""

        held = set()

        def names(self, prefix=""):
            return sorted(name for name in self.held if name.startswith(prefix))

        def create(self, name, template="template0"):
            self.held.add(name)

        def drop(self, name):
            self.held.discard(name)

        def rename(self, old, new):
            self.held.remove(old)
            self.held.add(new)

    def fail(_name):
        raise SetupError("no")

    memory = Memory(None, tmp_path)
    with pytest.raises(SetupError):
        memory.kept("core_1", "core_", fail)
    assert not memory.exists("core_1")
    memory.kept("core_1", "core_", lambda name: None)
    assert memory.names() == ["core_1"]
    memory.kept("core_2", "core_", lambda name: None)
    assert memory.names() == ["core_2"], "the older one is dropped"


def test_the_fingerprint_follows_the_code_and_not_the_tests(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.py").write_text("x = 1")
    addon = addons.AddOn("a", tmp_path, {})
    before = addons.fingerprint([addon])
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("y = 1")
    assert addons.fingerprint([addon]) == before
    (tmp_path / "models" / "a.py").write_text("x = 2")
    assert addons.fingerprint([addon]) != before


def test_a_command_that_fails_shows_the_end_of_its_log(tmp_path):
    with pytest.raises(SetupError, match="the reason"):
        processes.run(["sh", "-c", "echo the reason; exit 3"], log=tmp_path / "log")


def test_a_missing_program_is_told():
    with pytest.raises(SetupError, match="no-such-program is missing"):
        processes.run(["no-such-program"])


def test_an_interrupted_run_leaves_no_process():
    script = (
        "from environment import processes\n"
        "processes.adopt_orphans(); processes.interrupt_on_signals()\n"
        "try:\n    print('up', flush=True); processes.run(['sh', '-c', 'setsid sleep 47.11 & sleep 47.11'])\n"
        "except KeyboardInterrupt:\n    pass\n"
        "finally:\n    processes.ignore_signals(); processes.end_descendants()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    assert "sleep\x0047.11" not in "".join(_command_lines())


def _command_lines():
    """Yield the command lines of all processes."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield file.read_text(errors="replace")
        except OSError:
            continue


def test_the_add_ons_of_the_tests_are_not_for_users():
    assert set(addons.of_tests()).isdisjoint(addons.ours())
    assert all(str(addon.folder.parent) not in addons.addons_path().split(",") for addon in addons.of_tests().values())


def test_what_takes_long_is_not_in_the_tests_of_every_day():
    assert set(phases.COMMANDS["test"]).isdisjoint(phases.COMMANDS["test-long"])


@pytest.mark.parametrize(("arguments", "names", "rest"), [
    ([], ("lives", "kills", "suites"), []),
    (["lives"], ("lives",), []),
    (["suites", "account", "sale"], ("suites",), ["account", "sale"]),
    (["-x"], ("lives", "kills", "suites"), ["-x"]),
])
def test_a_part_of_what_takes_long_can_be_named(arguments, names, rest):
    assert phases.choose("test-long", arguments) == (names, rest)


def test_the_last_table_can_be_pasted_into_a_note(capsys):
    lives = outcomes.Outcome(passed=100, note="500 lives")
    assert outcomes.close([("lives", 241.4, lives), ("kills", 60, outcomes.Outcome(failed=1))]) == 1
    table = capsys.readouterr().out.strip().splitlines()
    assert {line.count("|") for line in table[:4]} == {4}
    assert [cell.strip() for cell in table[2].split("|")[1:-1]] == ["lives", "241", "100 passed, 0 failed (500 lives)"]
    assert table[-1] == "100 passed, 1 failed"


def test_the_counts_of_a_report_count_a_test_once(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        "<testsuites><testsuite>"
        "<testcase classname='a' name='good'/><testcase classname='a' name='good'/>"
        "<testcase classname='a' name='bad'><failure/></testcase><testcase classname='a' name='bad'/>"
        "<testcase classname='a' name='left'><skipped/></testcase>"
        "</testsuite></testsuites>"
    )
    assert outcomes.from_report(report, 1) == outcomes.Outcome(passed=1, failed=1, skipped=1)


def test_a_crash_without_a_failed_test_counts_as_a_failure(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text("<testsuites><testsuite><testcase classname='a' name='good'/></testsuite></testsuites>")
    assert outcomes.from_report(report, 3) == outcomes.Outcome(passed=1, failed=1)
    assert outcomes.from_report(tmp_path / "none.xml", 3) == outcomes.Outcome(failed=1)
