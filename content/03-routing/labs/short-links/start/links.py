"""Short addresses for the labels beside the bells."""

from flask import Flask, abort, redirect, url_for
from werkzeug.routing import BaseConverter

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def create_app(objects):
    """`objects`: title by number."""
    app = Flask(__name__)

    @app.get("/objects/<int:number>")
    def page(number):
        title = objects.get(number) or abort(404)
        return f"{title} /s/?"

    return app
