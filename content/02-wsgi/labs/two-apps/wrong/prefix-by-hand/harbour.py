"""The harbour: office and customs at one address."""

import time

from flask import Flask, url_for


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


def build():
    office = office_app()
    inner, customs = office.wsgi_app, customs_app()

    def both(environ, start_response):
        path = environ["PATH_INFO"]
        if path.startswith("/customs"):
            environ["PATH_INFO"] = path[len("/customs"):]
            return customs(environ, start_response)
        return inner(environ, start_response)

    office.wsgi_app = Stopwatch(both)
    return office
