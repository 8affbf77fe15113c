"""Short addresses for the labels beside the bells."""

from flask import Flask, abort, redirect, url_for
from werkzeug.routing import BaseConverter

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class CodeConverter(BaseConverter):
    """A number in base 36, in small letters."""

    regex = "[^/]+"

    def to_python(self, value):
        return int(value, 36)

    def to_url(self, value):
        text = ""
        while True:
            value, rest = divmod(value, 36)
            text = DIGITS[rest] + text
            if value == 0:
                return text


def create_app(objects):
    """`objects`: title by number."""
    app = Flask(__name__)
    app.url_map.converters["code"] = CodeConverter

    @app.get("/objects/<int:number>")
    def page(number):
        title = objects.get(number) or abort(404)
        return f"{title} {url_for('short', number=number)}"

    @app.get("/s/<code:number>")
    def short(number):
        if number not in objects:
            abort(404)
        return redirect(url_for("page", number=number), code=308)

    return app
