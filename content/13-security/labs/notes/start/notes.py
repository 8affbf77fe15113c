"""Penny Jar's notes."""

import re

from flask import Flask, redirect, render_template_string, request
from markupsafe import Markup

PAGE = """<!doctype html>
<title>Notes</title>
{% for text, link in notes %}
<p>{{ text }} {% if link %}<a href="{{ link }}">link</a>{% endif %}</p>
{% endfor %}
"""


def bold(text):
    """*word* becomes bold."""
    return Markup(re.sub(r"\*(\w+)\*", r"<b>\1</b>", text))


def create_app():
    app = Flask(__name__)
    notes = []

    @app.get("/")
    def page():
        return render_template_string(PAGE, notes=notes)

    @app.post("/")
    def add():
        notes.append((bold(request.form["text"]), request.form.get("link", "")))
        return redirect("/")

    return app
