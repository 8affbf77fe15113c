"""Runs small programs against the installed Flask, one fork each.

The parent imports Flask once and never runs foreign code itself. It reads one
JSON job a line from stdin and writes one JSON result a line to stdout, in the
order in which the jobs finish.

Job     {"id": int, "code": str, "claims": [[name, expression], ...], "limit_s": float}
Result  {"id": int, "printed": str, "error": null | {"type", "text", "line"},
         "claims": {name: {"value": bool, "shown": str} | {"error": str}},
         "timed_out": bool, "ms": float}

A job's code runs as the module `app` of a fresh process, in an empty folder of
its own that is removed afterwards. Each claim is evaluated in a fork of that
process, so that one claim cannot change what the next one sees.

The first line written is {"ready": true, "python": ..., "versions": {...}}.
"""

import contextlib
import importlib
import importlib.metadata
import io
import json
import os
import resource
import selectors
import shutil
import signal
import sys
import tempfile
import time
import types

WARM = ["flask", "flask.cli", "flask.testing", "flask.json", "werkzeug.test",
        "werkzeug.middleware.dispatcher", "werkzeug.middleware.proxy_fix",
        "jinja2", "itsdangerous", "markupsafe", "blinker", "click",
        "asgiref.wsgi", "asgiref.sync", "flask_session", "html", "http.cookies",
        "base64", "datetime", "uuid", "wsgiref.util", "wsgiref.validate",
        "unittest.mock", "concurrent.futures"]
PRINTED_MAX = 64 * 1024
MEMORY_MAX = 1024 * 1024 * 1024
FILE_MAX = 16 * 1024 * 1024


class Printed(io.TextIOBase):
    """A stdout that keeps what fits and says where it stopped."""

    def __init__(self):
        self.parts, self.size = [], 0

    def writable(self):
        return True

    def write(self, text):
        room = PRINTED_MAX - self.size
        if room > 0:
            self.parts.append(text[:room])
            self.size += len(text)
            if self.size > PRINTED_MAX:
                self.parts.append("\n… output cut …\n")
        return len(text)

    def text(self):
        return "".join(self.parts)


def own_the_process():
    """What the code may use, and that nothing of the parent leaks into it."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_MAX, FILE_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in [n for n in os.environ if n.startswith(("FLASK_", "WERKZEUG_"))]:
        del os.environ[name]
    devnull = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(devnull, fd)
    sys.stdin = open(os.devnull)


def describe(error):
    """The exception as data: its type, its text, and the program's line it came from."""
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename.endswith("app.py"):
            line = step.tb_lineno
        step = step.tb_next
    if isinstance(error, SyntaxError) and line is None:
        line = error.lineno
    return {"type": type(error).__name__, "text": str(error), "line": line}


def evaluate(expression, names):
    """One claim, in a process of its own."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            value = eval(compile(expression.strip(), "<claim>", "eval"), names)
            answer = {"value": bool(value), "shown": repr(value)[:200]}
        except BaseException as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:400]}
        with os.fdopen(write, "w") as pipe:
            json.dump(answer, pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else {"error": "the process ended without an answer"}


def run(job, write):
    """The child's whole life."""
    own_the_process()
    signal.setitimer(signal.ITIMER_REAL, 0)
    printed, error, claims = Printed(), None, {}
    module = types.ModuleType("app")
    module.__file__ = os.path.join(os.getcwd(), "app.py")
    sys.modules["app"] = module
    sys.path.insert(0, os.getcwd())
    with open(module.__file__, "w", encoding="utf-8") as file:
        file.write(job["code"])
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(job["code"], module.__file__, "exec"), module.__dict__)
        except SystemExit as stop:
            if stop.code not in (None, 0):
                error = describe(stop)
        except BaseException as problem:
            error = describe(problem)
        if error is None:
            for name, expression in job.get("claims", []):
                claims[name] = evaluate(expression, module.__dict__)
    with os.fdopen(write, "w", encoding="utf-8") as pipe:
        json.dump({"printed": printed.text(), "error": error, "claims": claims}, pipe)
    os._exit(0)


class Running:
    """A child at work, as the parent sees it."""

    def __init__(self, job):
        self.job, self.began, self.timed_out = job, time.monotonic(), False
        self.until = self.began + float(job.get("limit_s", 10))
        self.folder = tempfile.mkdtemp(prefix="flaskdojo-")
        self.parts = []
        self.read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.read)
            os.chdir(self.folder)
            run(job, write)
        os.close(write)

    def stop(self):
        self.timed_out = True
        self.end_children()

    def end_children(self):
        """The child leads its own process group, so its children go with it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def result(self):
        os.close(self.read)
        self.end_children()
        os.waitpid(self.pid, 0)
        shutil.rmtree(self.folder, ignore_errors=True)
        text = b"".join(self.parts).decode("utf-8", "replace")
        try:
            answer = json.loads(text)
        except ValueError:
            answer = {"printed": "", "claims": {}, "error": {
                "type": "Died", "text": "the program ended its process", "line": None}}
        took = round((time.monotonic() - self.began) * 1000, 1)
        return {"id": self.job["id"], **answer, "timed_out": self.timed_out, "ms": took}


def versions():
    found = {}
    for package in importlib.metadata.distributions():
        name = package.metadata["Name"]
        if name:
            found[name.lower()] = package.version
    return found


def main():
    at_once = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    os.environ.update(TZ="UTC", PYTHONHASHSEED="0")
    time.tzset()
    for name in WARM:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")

    def say(data):
        out.write(json.dumps(data) + "\n")
        out.flush()

    say({"ready": True, "python": sys.version.split()[0], "versions": versions()})
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ, None)
    waiting, running, buffer, open_input = [], {}, b"", True
    while open_input or waiting or running:
        while waiting and len(running) < at_once:
            child = Running(waiting.pop(0))
            running[child.read] = child
            selector.register(child.read, selectors.EVENT_READ, child)
        pause = None
        if running:
            pause = max(0.0, min(c.until for c in running.values()) - time.monotonic())
        for key, _ in selector.select(pause):
            child = key.data
            if child is None:
                part = os.read(0, 65536)
                if not part:
                    open_input = False
                    selector.unregister(0)
                *lines, buffer = (buffer + part).split(b"\n")
                waiting += [json.loads(line) for line in lines if line.strip()]
                continue
            part = os.read(child.read, 65536)
            if part:
                child.parts.append(part)
                continue
            selector.unregister(child.read)
            del running[child.read]
            say(child.result())
        now = time.monotonic()
        for child in running.values():
            if child.until <= now and not child.timed_out:
                child.stop()


if __name__ == "__main__":
    main()
