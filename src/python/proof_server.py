"""Runs small programs against the installed Flask, one fork each.

The parent imports Flask once and never runs foreign code itself. It reads one
JSON job a line from stdin and writes one JSON result a line to stdout, in the
order in which the jobs finish. When its input ends, or a signal tells it to
end, it ends its jobs first. It is started as `proof_server.py [AT_ONCE
[FOLDER]]`; the folder is removed at the end, also if whoever made it is gone.

Job     {"id": int, "code": str, "claims": [[name, expression], ...], "limit_s": float,
         "files": {path: text}, "harness": null | {"source": str, "given": any}}
Result  {"id": int, "printed": str, "complained": str, "ms": int, "cpu_ms": int,
         "error": null | {"type": str, "text": str, "line": int | null, "frames": str},
         "claims": {name: {"value": bool, "seen": [[code, value], ...]} | {"error": str}},
         "report": any,
         "stopped": null | {"why": "time" | "output" | "processes" | "death", "text": str}}

A job's code runs as the module `app` of a fresh process, in an empty folder of
its own that is removed afterwards. A program without claims is run to its end,
its threads and exit functions included. Each claim is evaluated in a fork of
the program's process, so that one claim cannot change what the next one sees.
What it writes to stderr is "complained", the end of it where that is long.

A harness is Python of ours that looks at the program once it has run: its
function `report(module, given)` makes the result's "report". Without code the
harness has the files alone, and `module` is None.

The first line written is {"ready": true, "python": ..., "versions": {...}}.
"""

import ast
import atexit
import builtins
import contextlib
import ctypes
import fcntl
import gc
import importlib
import importlib.metadata
import io
import json
import mmap
import os
import resource
import selectors
import shutil
import signal
import sys
import tempfile
import threading
import time
import types

WARM = ["flask", "flask.cli", "flask.testing", "flask.json", "werkzeug.test",
        "werkzeug.middleware.dispatcher", "werkzeug.middleware.proxy_fix",
        "jinja2", "itsdangerous", "markupsafe", "blinker", "click",
        "asgiref.wsgi", "asgiref.sync", "flask_session", "html", "http.cookies",
        "base64", "datetime", "uuid", "wsgiref.util", "wsgiref.validate",
        "unittest.mock", "concurrent.futures"]
# Slower to import, and used by some programs only: imported here when the first program that names one comes.
WARM_WHEN_NAMED = ["alembic", "flask_caching", "flask_cors", "flask_jwt_extended", "flask_limiter", "flask_login",
                   "flask_mail", "flask_migrate", "flask_smorest", "flask_sqlalchemy", "flask_talisman", "flask_wtf",
                   "marshmallow", "pytest", "sqlalchemy.orm", "wtforms"]
PRINTED_MAX = 64 * 1024
ANSWER_MAX = 1024 * 1024
MEMORY_MAX = 1024 * 1024 * 1024
FILE_MAX = 16 * 1024 * 1024
FORKS_MAX = 64
COMPLAINED_MAX = 16 * 1024
FRAMES_MAX = 40
TOO_MUCH = f"it printed more than {PRINTED_MAX // 1024} KiB"
TOO_MANY = f"it made more than {FORKS_MAX} processes"
# How often a running job's processes are counted; most jobs end before that.
LOOK_S = 0.02
# Processes that a user may have beside those of today while a program runs: the system's own limit on bombs.
MORE_PROCESSES = 256
# Above the descriptors that a program closes when it closes "all" of them.
HIGH_FD = 200
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "PYTHONHASHSEED", "PYTHONUTF8", "TZ")
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


# --- in the child -----------------------------------------------------------

def own_the_process(answer, printed, complained, forks):
    """Nothing of the parent is left in reach, and everything has a limit. Returns the moved `answer`."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.set_wakeup_fd(-1)
    for number in (*ENDING, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    answer = high(answer)
    null = os.open(os.devnull, os.O_RDWR)
    for target, source in enumerate((null, printed, complained)):
        os.dup2(source, target)
    os.closerange(3, answer)
    os.closerange(answer + 1, 4096)
    limits = {resource.RLIMIT_AS: MEMORY_MAX, resource.RLIMIT_FSIZE: FILE_MAX, resource.RLIMIT_CORE: 0}
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/loadavg") as file:
            limits[resource.RLIMIT_NPROC] = int(file.read().split()[3].split("/")[1]) + MORE_PROCESSES
    for kind, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept, HOME=os.getcwd(), TMPDIR=os.getcwd(), LANG="C.UTF-8")
    tempfile.tempdir = None
    sys.argv = ["app.py"]
    sys.stdin = open(0, closefd=False)
    sys.stdout = sys.__stdout__ = io.TextIOWrapper(
        open(1, "wb", 0, closefd=False), "utf-8", "backslashreplace", write_through=True)
    sys.stderr = sys.__stderr__ = io.TextIOWrapper(
        open(2, "wb", 0, closefd=False), "utf-8", "backslashreplace", write_through=True)

    def count():
        forks[0] = min(forks[0] + 1, 255)
        if forks[0] > FORKS_MAX:
            os.killpg(0, signal.SIGKILL)

    os.register_at_fork(before=count)
    return answer


def high(fd):
    """Moves a descriptor out of a program's way."""
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, HIGH_FD)
    os.close(fd)
    return moved


def text_of(value, how, most):
    """What `how` (`str` or `repr`) makes of `value`, which may be foreign and refuse."""
    try:
        return how(value)[:most]
    except BaseException as problem:
        return f"({type(problem).__name__} while its text was made)"


def describe(error, file):
    """The exception as data: its type, its text, and the program's line it came from."""
    line, step, frames = None, error.__traceback__, []
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == file:
            line = step.tb_lineno
        if code.co_filename != describe.__code__.co_filename:
            frames.append(f'File "{code.co_filename}", line {step.tb_lineno}, in {code.co_name}\n')
        step = step.tb_next
    if line is None and isinstance(error, SyntaxError) and error.filename == file:
        line = error.lineno
    frames = "".join(frames[-FRAMES_MAX:])
    if file:
        frames = frames.replace(os.path.dirname(file) + os.sep, "")
    return {"type": type(error).__name__, "text": text_of(error, str, 2000), "line": line, "frames": frames}


def value_of(expression, names):
    """A claim's answer. It must be able to turn out otherwise, and it must be a truth value."""
    tree = ast.parse(f"(\n{expression}\n)", "<claim>", "eval")
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if "__import__" not in used and all(name not in names and hasattr(builtins, name) for name in used):
        return {"error": "it uses no name of the program, so it cannot turn out otherwise"}
    watched = watch(tree)
    value = eval(compile(tree, "<claim>", "eval"), names)
    if not isinstance(value, bool):
        return {"error": f"it gives {text_of(value, repr, 80)} and not True or False"}
    seen = [[text, text_of(names[name], repr, 400)] for name, text in watched.items() if name in names]
    return {"value": value, "seen": seen}


def watch(tree):
    """Makes each comparison remember the value that it is about; returns their names and texts."""
    watched = {}
    parts = tree.body.values if isinstance(tree.body, ast.BoolOp) else [tree.body]
    for part in parts:
        if not isinstance(part, ast.Compare):
            continue
        name = f"_claim_{len(watched)}"
        subject = part.comparators[0] if isinstance(part.left, ast.Constant) else part.left
        watched[name] = ast.unparse(subject)
        keep = ast.NamedExpr(ast.Name(name, ast.Store()), subject)
        if subject is part.left:
            part.left = keep
        else:
            part.comparators[0] = keep
    ast.fix_missing_locations(tree)
    return watched


def evaluate(expression, names):
    """One claim, in a process of its own."""
    read, write = map(high, os.pipe())
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            answer = value_of(expression, names)
        except BaseException as error:
            answer = {"error": f"{type(error).__name__}: {text_of(error, str, 400)}"}
        os.write(write, json.dumps(answer).encode() + b"\n")
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        line = pipe.readline()
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
    return json.loads(line) if line else {"error": "the process ended without an answer"}


def finish():
    """What Python does at the end of a program."""
    with contextlib.suppress(Exception):
        threading._shutdown()
    with contextlib.suppress(Exception):
        atexit._run_exitfuncs()


def write_files(files):
    """Puts files into the current folder."""
    for path, text in files.items():
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def begin(job):
    """The module that the program will be."""
    module = types.ModuleType("app")
    module.__file__ = os.path.join(os.getcwd(), "app.py")
    sys.modules["app"] = module
    write_files({module.__file__: job["code"]})
    return module


def look(harness, module):
    """What a harness reports."""
    names = {"__name__": "harness"}
    exec(compile(harness["source"], "<harness>", "exec"), names)
    return names["report"](module, harness["given"])


def run(job, answer, printed, complained, forks):
    """The child's whole life."""
    answer = own_the_process(answer, printed, complained, forks)
    me, error, claims, report = os.getpid(), None, {}, None
    sys.path.insert(0, os.getcwd())
    write_files(job.get("files", {}))
    module = begin(job) if job["code"] else None
    place = module.__file__ if module else None
    try:
        if module:
            exec(compile(job["code"], place, "exec"), module.__dict__)
        if job.get("harness"):
            report = look(job["harness"], module)
    except SystemExit as stop:
        if stop.code not in (None, 0):
            error = describe(stop, place)
    except BaseException as problem:
        error = describe(problem, place)
    if os.getpid() != me:
        os._exit(0)
    if not job.get("claims"):
        finish()
    elif error is None:
        for name, expression in job["claims"]:
            claims[name] = evaluate(expression, module.__dict__)
    data = json.dumps({"error": error, "claims": claims, "report": report}).encode() + b"\n"
    while data:
        data = data[os.write(answer, data):]


# --- in the parent ----------------------------------------------------------

class Pipe:
    """The parent's end of a pipe that a child writes into. It is full when more than `most` has come, or keeps the end
    of what comes and is never full."""

    def __init__(self, most, keeps_end=False):
        self.data, self.most, self.keeps_end = bytearray(), most, keeps_end
        self.read, self.write = os.pipe()
        os.set_blocking(self.read, False)

    def drain(self):
        """Takes what is there. False when nothing more can come."""
        try:
            while part := os.read(self.read, 65536):
                if self.keeps_end:
                    # Whoever writes without end must not keep the parent here.
                    self.data = (self.data + part)[-self.most:]
                    return True
                self.data += part[:self.most + 1 - len(self.data)]
                if self.is_full():
                    return True
            return False
        except BlockingIOError:
            return True

    def is_full(self):
        return len(self.data) > self.most


class Running:
    """A child at work, as the parent sees it."""

    def __init__(self, job):
        self.job, self.stopped = job, None
        self.began = time.monotonic()
        self.until = self.began + float(job.get("limit_s", 10))
        self.look = self.began + LOOK_S
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="flaskdojo-"))
        self.answer, self.printed = Pipe(ANSWER_MAX), Pipe(PRINTED_MAX)
        self.complained = Pipe(COMPLAINED_MAX, keeps_end=True)
        self.pipes = (self.answer, self.printed, self.complained)
        self.forks = mmap.mmap(-1, mmap.PAGESIZE)
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.chdir(self.folder)
                run(job, *(pipe.write for pipe in self.pipes), self.forks)
                os._exit(0)
            finally:
                os._exit(70)
        for pipe in self.pipes:
            os.close(pipe.write)

    def stop(self, why, text):
        if self.stopped is None:
            self.stopped = {"why": why, "text": text}
            self.kill()

    def kill(self):
        """Ends the child and all of its session: it leads both, so its children go with it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        for pid in session_of(self.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def look_after(self, now):
        """Stops it where it has gone too far."""
        if self.printed.is_full():
            self.stop("output", TOO_MUCH)
        elif now >= self.until:
            self.stop("time", f"it was still running after {self.job.get('limit_s', 10):g} s")
        elif now >= self.look:
            self.look = now + LOOK_S
            if len(session_of(self.pid)) > FORKS_MAX:
                self.stop("processes", TOO_MANY)

    def close(self):
        for pipe in self.pipes:
            os.close(pipe.read)
        shutil.rmtree(self.folder, ignore_errors=True)

    def result(self, status, used):
        """After the child has ended with `status`, having `used` so much of the system."""
        self.kill()
        for pipe in self.pipes:
            pipe.drain()
        self.close()
        answer = {"error": None, "claims": {}, "report": None}
        if self.forks[0] > FORKS_MAX:
            self.stop("processes", TOO_MANY)
        elif self.printed.is_full():
            self.stop("output", TOO_MUCH)
        if self.stopped is None:
            try:
                answer = json.loads(self.answer.data.partition(b"\n")[0])
            except ValueError:
                code = os.waitstatus_to_exitcode(status)
                how = f"exit code {code}" if code >= 0 else signal.Signals(-code).name
                self.stopped = {"why": "death", "text": f"it ended its own process ({how})"}
        printed, complained = (pipe.data.decode("utf-8", "replace") for pipe in (self.printed, self.complained))
        return {"id": self.job["id"], "printed": printed, **answer, "stopped": self.stopped,
                # Where a program lay says nothing about it.
                "complained": complained.replace(self.folder + os.sep, ""),
                "ms": round((time.monotonic() - self.began) * 1000),
                "cpu_ms": round((used.ru_utime + used.ru_stime) * 1000)}


def session_of(leader):
    """The processes of a session, where the system lists processes."""
    found = []
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdigit():
                with contextlib.suppress(OSError):
                    if os.getsid(int(name)) == leader:
                        found.append(int(name))
    return found


def end_strays(running):
    """Ends processes that left their job's session: as orphans they have become children of this process."""
    for _ in range(100):
        try:
            with open(f"/proc/self/task/{os.getpid()}/children") as file:
                strays = [int(pid) for pid in file.read().split() if int(pid) not in running]
        except OSError:
            return
        if not strays:
            return
        for pid in strays:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def versions():
    found = {}
    for package in importlib.metadata.distributions():
        name = package.metadata["Name"]
        if name:
            found[name.lower()] = package.version
    return found


class Server:
    """The parent's life."""

    def __init__(self, at_once):
        self.at_once, self.waiting, self.running = at_once, [], {}
        self.cold = list(WARM_WHEN_NAMED)
        self.input = b""
        self.out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        self.selector = selectors.DefaultSelector()
        self.selector.register(0, selectors.EVENT_READ, self.take_input)
        ended, wake = os.pipe()
        for end in (ended, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(ended, selectors.EVENT_READ, lambda: os.read(ended, 4096))

    def say(self, data):
        self.out.write(json.dumps(data) + "\n")
        self.out.flush()

    def take_input(self):
        part = os.read(0, 65536)
        if not part:
            raise SystemExit(0)
        *lines, self.input = (self.input + part).split(b"\n")
        self.waiting += [json.loads(line) for line in lines if line]

    def start(self):
        job = self.waiting.pop(0)
        self.warm(" ".join([job["code"], *job.get("files", {}).values(), (job.get("harness") or {}).get("source", "")]))
        child = Running(job)
        self.running[child.pid] = child
        for pipe in child.pipes:
            self.selector.register(pipe.read, selectors.EVENT_READ, lambda pipe=pipe: self.drain(pipe))

    def warm(self, code):
        """Imports what this program names, once, so that no later fork pays for it."""
        for name in [name for name in self.cold if name.partition(".")[0] in code]:
            self.cold.remove(name)
            with contextlib.suppress(Exception):
                importlib.import_module(name)

    def drain(self, pipe):
        if not pipe.drain() or pipe.is_full():
            self.selector.unregister(pipe.read)

    def collect(self):
        """Results of the children that have ended. Their pipes don't tell: a process they left may hold them open."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status, used = os.wait4(-1, os.WNOHANG)
                if not pid:
                    return
                if child := self.running.pop(pid, None):
                    self.finish(child, status, used)

    def finish(self, child, status, used):
        for pipe in child.pipes:
            with contextlib.suppress(KeyError):
                self.selector.unregister(pipe.read)
        result = child.result(status, used)
        end_strays(self.running)
        self.say(result)

    def serve(self):
        while True:
            while self.waiting and len(self.running) < self.at_once:
                self.start()
            for key, _ in self.selector.select(LOOK_S if self.running else None):
                key.data()
            now = time.monotonic()
            for child in self.running.values():
                child.look_after(now)
            self.collect()

    def go_first(self):
        """Where the system has no limit on processes, as for root, it must let this process count and end them."""
        with contextlib.suppress(AttributeError, OSError):
            first = os.sched_get_priority_min(os.SCHED_FIFO)
            os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(first))

    def end(self):
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)
        for pid, child in self.running.items():
            child.kill()
            os.waitpid(pid, 0)
            child.close()
        end_strays({})
        for folder in sys.argv[2:3]:
            shutil.rmtree(folder, ignore_errors=True)


def main():
    os.environ.update(TZ="UTC")
    time.tzset()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    for name in WARM:
        # What is not there, or does not go with an old Flask, is told by the programs that need it.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    server, code = Server(int(sys.argv[1]) if len(sys.argv) > 1 else 2), 1
    for number in ENDING:
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        server.go_first()
        server.say({"ready": True, "python": sys.version.split()[0], "versions": versions()})
        server.serve()
    except BrokenPipeError:
        pass
    except SystemExit as stop:
        code = stop.code
    finally:
        server.end()
    os._exit(code)


if __name__ == "__main__":
    main()
