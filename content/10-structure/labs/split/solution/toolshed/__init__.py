"""The Toolshed: a factory, so that each town gets its own."""
from flask import Flask, redirect, url_for

from toolshed.loans import loans
from toolshed.tools import tools


def create_app(settings=None):
    app = Flask(__name__)
    app.config.from_mapping(DAYS=7)
    if settings:
        app.config.from_mapping(settings)
    app.extensions["lent"] = {}         # tool: when it is due

    app.register_blueprint(tools)
    app.register_blueprint(loans)

    @app.get("/")
    def start():
        return redirect(url_for("tools.index"))

    return app
