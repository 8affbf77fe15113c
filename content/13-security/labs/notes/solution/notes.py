"""Penny Jar's notes."""

import re
from urllib.parse import urlsplit

from flask import Flask, redirect, render_template_string, request
from markupsafe import Markup, escape

PAGE = """<!doctype html>
<title>Notes</title>
{% for text, link in notes %}
<p>{{ text }} {% if link %}<a href="{{ link }}">link</a>{% endif %}</p>
{% endfor %}
"""


def bold(text):
    """*word* becomes bold; everything else is text."""
    return Markup(re.sub(r"\*(\w+)\*", r"<b>\1</b>", str(escape(text))))


def web_link(link):
    """The link, if it leads to a page of the web."""
    return link if urlsplit(link).scheme in ("http", "https") else ""


def create_app():
    app = Flask(__name__)
    notes = []

    @app.after_request
    def policy(response):
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        return response

    @app.get("/")
    def page():
        return render_template_string(PAGE, notes=notes)

    @app.post("/")
    def add():
        link = web_link(request.form.get("link", ""))
        notes.append((bold(request.form["text"]), link))
        return redirect("/")

    return app
