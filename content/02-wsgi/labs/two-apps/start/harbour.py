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
        return self.inner(environ, start_response)


def build():
    office = office_app()
    return office
