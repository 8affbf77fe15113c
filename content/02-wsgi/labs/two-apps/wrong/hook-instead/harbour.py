"""The harbour: office and customs at one address."""

import time

from flask import Flask, url_for
from werkzeug.middleware.dispatcher import DispatcherMiddleware


def office_app():
    app = Flask("office")

    @app.get("/ships")
    def ships():
        return "3 ships"

    @app.get("/wreck")
    def wreck():
        raise RuntimeError("aground")

    return app


def customs_app():
    app = Flask("customs")

    @app.get("/ships")
    def checked():
        return "1 checked, more at " + url_for("checked")

    return app


class Stopwatch:
    """Adds X-Seconds to each answer of the WSGI app inside."""

    def __init__(self, inner):
        self.inner = inner

    def __call__(self, environ, start_response):
        began = time.perf_counter()

        def start(status, headers, exc_info=None):
            seconds = time.perf_counter() - began
            headers = [*headers, ("X-Seconds", f"{seconds:.3f}")]
            return start_response(status, headers, exc_info)

        return self.inner(environ, start)


def stamp(response):
    response.headers["X-Seconds"] = "0.000"
    return response


def build():
    office = office_app()
    both = DispatcherMiddleware(
        office.wsgi_app, {"/customs": customs_app()})
    office.after_request(stamp)
    office.wsgi_app = both
    return office
