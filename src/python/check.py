"""Runs the tests of a lab in the current folder and tells what each came to.

The learner's files are at the top of the folder, the tests in `check/`. Given
to the proof server as a harness: `report(module, given)` is what it calls.

Report  {"tests": {"done": [{"file": str, "name": str, "says": str, "outcome": "passed" | "failed" | "skipped",
                             "error": null | {"type": str, "text": str, "file": str, "line": int | null}}, ...],
                   "trouble": null | {"type": str, "text": str, "file": str, "line": int | null}}}

Trouble is what kept pytest from finding the tests: a module that can't be
imported, say. Names are as in `TestCart::test_two[a]`, files are below `check/`.
"""

import inspect
import os

import pytest

OPTIONS = ["-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:doctest",
           "-c", os.devnull, "--rootdir", ".", "--capture=sys", "--import-mode=prepend", "check"]
TEXT_MAX = 2000


def place(traceback):
    """The innermost line of the learner's files or of the tests."""
    found, here = ("", None), os.getcwd() + os.sep
    while traceback is not None:
        name = os.path.realpath(traceback.tb_frame.f_code.co_filename)
        if name.startswith(here):
            found = (name.removeprefix(here).replace(os.sep, "/"), traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def described(error):
    """An exception as data."""
    file, line = place(error.__traceback__)
    if isinstance(error, SyntaxError) and error.filename:
        file, line = os.path.relpath(error.filename).replace(os.sep, "/"), error.lineno
    try:
        text = str(error)
    except Exception as problem:
        text = f"({type(problem).__name__} while its text was made)"
    text = text.replace(os.getcwd() + os.sep, "")
    return {"type": type(error).__name__, "text": text[:TEXT_MAX], "file": file, "line": line}


class Listener:
    """A plug-in of pytest that keeps what happens."""

    def __init__(self):
        self.done, self.trouble = {}, None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        file = os.path.relpath(item.path, "check").replace(os.sep, "/")
        test = self.done.setdefault(item.nodeid, {
            "file": file, "name": item.nodeid.partition("::")[2],
            "says": (inspect.getdoc(getattr(item, "function", None)) or "").partition("\n")[0],
            "outcome": "passed", "error": None})
        if report.skipped and test["outcome"] == "passed":
            test["outcome"] = "skipped"
        if report.failed and test["outcome"] != "failed":
            error = described(call.excinfo.value) if call.excinfo else None
            test.update(outcome="failed", error=error)
        return report

    def pytest_exception_interact(self, node, call, report):
        if not isinstance(node, pytest.Item) and self.trouble is None:
            error = call.excinfo.value
            # pytest wraps what an import ran into.
            self.trouble = described(error.__cause__ or error.__context__ or error)


def report(module, given):
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    listener = Listener()
    code = pytest.main(OPTIONS, plugins=[listener])
    if listener.trouble is None and code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        text = {pytest.ExitCode.NO_TESTS_COLLECTED: "there is no test in check/"}.get(code, f"pytest ended with {code!r}")
        listener.trouble = {"type": "NoTests", "text": text, "file": "check", "line": None}
    return {"tests": {"done": list(listener.done.values()), "trouble": listener.trouble}}
