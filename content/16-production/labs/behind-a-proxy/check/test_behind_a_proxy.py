import inspect
import os
import sys

import pytest
from flask import Flask
from gunicorn.app.wsgiapp import WSGIApplication

sys.path.insert(0, os.getcwd())         # where the learner's files lie


@pytest.fixture
def server(monkeypatch):
    for name in ["PORT", "WEB_CONCURRENCY", "GUNICORN_CMD_ARGS"]:
        monkeypatch.delenv(name, raising=False)
    argv = ["gunicorn", "-c", "gunicorn.conf.py", "larch:create_app()"]
    monkeypatch.setattr(sys, "argv", argv)
    return WSGIApplication("%(prog)s [OPTIONS]")


@pytest.fixture
def app():
    from larch import create_app

    app = create_app()
    assert isinstance(app, Flask), "create_app must return the Flask object"
    app.testing = True
    return app


def ask(app, path="/ticket/7", said_by_visitor=None, **more):
    """One request as it comes out of nginx."""
    entries = [said_by_visitor, "203.0.113.9", "10.0.0.9"]
    headers = {
        "Host": "app:8000",
        "X-Forwarded-For": ", ".join(e for e in entries if e),
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "larch.example",
    }
    headers.update(more)
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "10.0.0.2"
    return client.get(path, headers=headers)


def test_address(app):
    """The app sees the visitor's address, behind both proxies."""
    assert ask(app).json["visitor"] == "203.0.113.9"


def test_invented_address(app):
    """A visitor who sends an X-Forwarded-For of his own can't choose his address."""
    assert ask(app, said_by_visitor="6.6.6.6").json["visitor"] == "203.0.113.9"


def test_link(app):
    """Links begin with https and the public name."""
    assert ask(app).json["link"] == "https://larch.example/ticket/7"


def test_http(app):
    """A visitor who comes by plain http gets links with http."""
    answer = ask(app, **{"X-Forwarded-Proto": "http"})
    assert answer.json["link"] == "http://larch.example/ticket/7"


def test_invented_prefix(app):
    """A prefix that a visitor has made up changes no link."""
    answer = ask(app, **{"X-Forwarded-Prefix": "/evil"})
    assert answer.json["link"] == "https://larch.example/ticket/7"


def test_places(server):
    """gunicorn starts two processes with four threads each."""
    assert (server.cfg.workers, server.cfg.threads) == (2, 4)


def test_reachable(server):
    """gunicorn can be reached from outside of the container, at port 8000."""
    assert server.cfg.address == [("0.0.0.0", 8000)]


def test_access_log(server):
    """Each request writes a line to stdout."""
    assert server.cfg.accesslog == "-"


def test_graceful(server):
    """A worker that must go has 20 seconds to finish."""
    assert server.cfg.graceful_timeout == 20


def test_found(server):
    """gunicorn finds the app by its factory."""
    assert isinstance(server.wsgi(), Flask)


def test_answers(app):
    """/up tells what all three services have said."""
    assert ask(app, "/up").json == {"weather": "sunny", "queue": 12, "parking": 40}


def test_async(app):
    """/up is an async view."""
    assert inspect.iscoroutinefunction(app.view_functions["up"])


def test_at_once(app):
    """All three services are asked before the first one has answered."""
    import services

    services.log.clear()
    ask(app, "/up")
    assert sorted(services.log[:3]) == ["parking?", "queue?", "weather?"]


def test_not_held_up(app):
    """The slow parking service doesn't hold up the other two."""
    import services

    services.log.clear()
    ask(app, "/up")
    end = services.log.index("parking!")
    assert services.log.index("weather!") < end
    assert services.log.index("queue!") < end
