"""Follows a request through Flask and tells each step. The app is not changed.

Given to the proof server as a harness: `report(module, given)` is what it
calls, with the module that has the `app`, and the request as {"method", "path",
"headers": [[name, value], ...], "body"}.

Report  {"trace": {"steps": [{"event": str, "what": str, "line": int | null, "request": str | null,
                              "session": str | null, "g": str | null, "response": str | null}, ...],
                   "raised": str | null}}

Flask runs every function of an app's author through `ensure_sync`, so that is
where they are noticed: which of Flask's methods asks for it says what the
function is for. What `request`, `session` and `g` hold is read past their own
methods, because looking at a session the usual way counts as using it. They
are told as they are once the step is over.

Nothing of this process is kept: a text has no address, no signature, no date.
"""

import ast
import contextlib
import functools
import inspect
import os
import re

import blinker
import flask
import werkzeug.test
from flask import globals as flask_globals

# Which of Flask's methods runs a function, and what that makes of the function.
CALLERS = {"preprocess_request": "before_request", "dispatch_request": "view", "process_response": "after_request",
           "do_teardown_request": "teardown_request", "do_teardown_appcontext": "teardown_appcontext",
           "handle_user_exception": "error_handler", "handle_http_exception": "error_handler",
           "handle_exception": "error_handler"}
# Signals that are events of their own.
SIGNALS = {"request-started": "request_started", "request-finished": "request_finished",
           "template-rendered": "template_rendered"}
# The environ has some forty entries; these say what the request is.
ENVIRON = ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH"]
VALUE_MAX, WHAT_MAX = 120, 200
CHANGING = [(re.compile(r"(/[\w.+-]+)+/(site-packages|python3\.\d+)/"), ""),
            (re.compile(r"\bat 0x[0-9a-fA-F]+"), "at …"), (re.compile(r"0x[0-9a-fA-F]{6,}"), "…"),
            (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]+"), "…"), (re.compile(r"(session=)[^;'\"\s]+"), r"\1…")]


def short(text, most):
    """A text on one line, without what changes from run to run, and not too long."""
    text = " ".join(text.replace(os.getcwd() + os.sep, "").split())
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return text if len(text) <= most else text[:most - 1] + "…"


def shown(value):
    """A value as Python writes it."""
    try:
        return short(repr(value), VALUE_MAX)
    except Exception as problem:
        return f"({type(problem).__name__} while its text was made)"


def pairs(values):
    """A dict in one line, as Python writes it."""
    return short("{" + ", ".join(f"{shown(name)}: {shown(value)}" for name, value in values) + "}", 2 * VALUE_MAX)


def current(variable):
    """The context that a context variable holds, if there is one."""
    return getattr(flask_globals, variable).get(None) if hasattr(flask_globals, variable) else None


def holds():
    """What `request`, `session` and `g` hold now; None for what is not there."""
    app_context = current("_cv_app")
    context = current("_cv_request") or app_context
    seen = {"request": None, "session": None, "g": None}
    if app_context is not None:
        seen["g"] = pairs(vars(app_context.g).items())
    request = vars(context).get("request", vars(context).get("_request")) if context is not None else None
    if request is not None:
        seen["request"] = request_of(request)
    session = None
    if context is not None:
        session = vars(context).get("session", vars(context).get("_session"))
    if isinstance(session, dict):
        seen["session"] = pairs(dict.items(session))
    return seen


def request_of(request):
    query = request.environ.get("QUERY_STRING", "")
    text = f"{request.method} {request.path}" + (f"?{query}" if query else "")
    if request.url_rule is not None:
        view_args = ", ".join(f"{name}={shown(value)}" for name, value in (request.view_args or {}).items())
        text += f" → {request.endpoint}({view_args})"
    return short(text, 2 * VALUE_MAX)


def response_of(response):
    """The status and the headers that matter."""
    names = ("Location", "Content-Type", "Set-Cookie", "Vary", "Allow")
    headers = [f"{name}: {value}" for name in names for value in response.headers.getlist(name)]
    return short(" · ".join([response.status, *headers]), 2 * VALUE_MAX)


class Program:
    """The text of the traced program, for line numbers."""

    def __init__(self, file):
        self.file, self.defs = file, {}
        with contextlib.suppress(OSError, SyntaxError, TypeError):
            with open(file, encoding="utf-8") as source:
                tree = ast.parse(source.read())
            for node in ast.walk(tree):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.decorator_list:
                    self.defs[node.decorator_list[0].lineno] = node.lineno

    def line_of(self, function):
        """The line of `def`, for a function of this program."""
        code = getattr(inspect.unwrap(function), "__code__", None)
        if code is None or code.co_filename != self.file:
            return None
        return self.defs.get(code.co_firstlineno, code.co_firstlineno)

    def line_of_call(self, frame):
        """The line that is being run, for the innermost frame of this program."""
        while frame is not None:
            if frame.f_code.co_filename == self.file:
                return frame.f_lineno
            frame = frame.f_back
        return None


class Trace:
    """The steps so far."""

    def __init__(self, program):
        self.program, self.steps, self.response = program, [], None

    def begin(self, event, what, line=None):
        """A step begins: its place among the others is known now, what it leaves behind later."""
        step = {"event": event, "what": short(what, WHAT_MAX), "line": line}
        self.steps.append(step)
        return step

    def end(self, step, what=None):
        if what is not None:
            step["what"] = short(what, WHAT_MAX)
        response = None if self.response is None else response_of(self.response)
        step.update(holds(), response=response)

    def step(self, event, what, line=None):
        self.end(self.begin(event, what, line))

    def watched(self, event, function, runs):
        """What runs a function, telling when it does and what came of it."""
        name = getattr(function, "__name__", type(function).__name__)
        line = self.program.line_of(function)

        @functools.wraps(function)
        def run(*args, **kwargs):
            for value in args:
                if isinstance(value, flask.wrappers.Response):
                    self.response = value
            given = "" if event == "after_request" else called(args, kwargs)
            step = self.begin(event, f"{name}({given})", line)
            try:
                value = runs(*args, **kwargs)
            except BaseException as error:
                self.end(step, f"{name}({given}) raises {type(error).__name__}: {error}")
                raise
            if isinstance(value, flask.wrappers.Response):
                self.response = value
            gives = event not in ("after_request", "teardown_request", "teardown_appcontext")
            told = f" returns {result(value)}" if gives and value is not None else ""
            self.end(step, f"{name}({given}){told}")
            return value

        return run


def called(args, kwargs):
    return ", ".join([*(shown(value) for value in args), *(f"{name}={shown(value)}" for name, value in kwargs.items())])


def result(value):
    return f"a response, {value.status}" if isinstance(value, flask.wrappers.Response) else shown(value)


class Replaced:
    """Replaces attributes for a while."""

    def __init__(self):
        self.before = []

    def put(self, owner, name, make):
        original = vars(owner)[name] if name in vars(owner) else getattr(owner, name)
        self.before.append((owner, name, original, name in vars(owner)))
        setattr(owner, name, make(getattr(owner, name)))

    def back(self):
        for owner, name, original, was_own in reversed(self.before):
            setattr(owner, name, original) if was_own else delattr(owner, name)


def watch(trace, app, replaced):
    """Puts the look-outs in place."""

    def ensure_sync(original):
        @functools.wraps(original)
        def watching(self, function):
            runs, caller = original(self, function), inspect.currentframe().f_back.f_code
            event = CALLERS.get(caller.co_name)
            if event is None or caller.co_filename != original.__code__.co_filename:
                return runs
            return trace.watched(event, function, runs)
        return watching

    def match_request(original):
        @functools.wraps(original)
        def watching(self, *args, **kwargs):
            trace.step("context_pushed", "request, session, g and current_app work from here on")
            original(self, *args, **kwargs)
            request = vars(self).get("request", vars(self).get("_request"))
            if request.url_rule is not None:
                trace.step("url_matched", f"{request.path} fits the rule {request.url_rule.rule}")
            else:
                error = request.routing_exception
                code, name = getattr(error, "code", ""), type(error).__name__
                trace.step("url_matched", f"{request.path} fits no rule: {code} {name}")
        return watching

    def save_session(original):
        @functools.wraps(original)
        def watching(self, an_app, session, response, *args, **kwargs):
            trace.response = response
            before = response.headers.getlist("Set-Cookie")
            step = trace.begin("session_saved", "")
            saved = original(self, an_app, session, response, *args, **kwargs)
            is_set = response.headers.getlist("Set-Cookie") != before
            told = "the session goes into a Set-Cookie header" if is_set else "nothing has changed, no cookie is set"
            trace.end(step, told)
            return saved
        return watching

    def send(original):
        @functools.wraps(original)
        def watching(self, *sender, **kwargs):
            name = getattr(self, "name", "")
            event = SIGNALS.get(name)
            told = name.replace("-", "_")
            if event == "template_rendered":
                trace.step(event, kwargs["template"].name or "a template without a file")
            elif event:
                if response := kwargs.get("response"):
                    trace.response = response
                trace.step(event, f"the signal {told} is sent")
            elif name != "appcontext-popped" and self.receivers:
                line = None if told in OWN else trace.program.line_of_call(inspect.currentframe())
                trace.step("signal", told, line)
            answer = original(self, *sender, **kwargs)
            if name == "appcontext-popped":
                trace.step("context_popped", "request, session, g and current_app are gone")
            return answer
        return watching

    replaced.put(flask.Flask, "ensure_sync", ensure_sync)
    context = type(app.request_context(werkzeug.test.EnvironBuilder("/").get_environ()))
    replaced.put(context, "match_request", match_request)
    interface = type(app.session_interface)
    replaced.put(interface, "save_session", save_session)
    replaced.put(blinker.Signal, "send", send)


# Signals that Flask sends by itself: no line of the program does.
OWN = {name for name in vars(flask.signals) if isinstance(getattr(flask.signals, name), blinker.Signal)}


def report(module, given):
    app = module.app
    trace = Trace(Program(module.__file__))
    builder = werkzeug.test.EnvironBuilder(
        path=given["path"], method=given["method"], headers=given["headers"], data=given["body"].encode() or None)
    environ, replaced, raised = builder.get_environ(), Replaced(), None
    names = ENVIRON + sorted(name for name in environ if name.startswith("HTTP_") and name != "HTTP_HOST")
    watch(trace, app, replaced)
    try:
        trace.step("environ", pairs((name, environ[name]) for name in names if environ.get(name)))
        werkzeug.test.run_wsgi_app(app, environ, buffered=True)
    except Exception as error:
        raised = short(f"{type(error).__name__}: {error}", WHAT_MAX)
    finally:
        replaced.back()
    return {"trace": {"steps": trace.steps, "raised": raised}}
