"""The Lantern: two pages."""

from urllib.parse import urlsplit

from flask import Flask, render_template


def create_app(films, visitors):
    app = Flask(__name__)

    @app.template_filter()
    def web_address(text):
        """The address if it leads to a web page, else nothing."""
        address = text.strip()
        try:
            scheme = urlsplit(address).scheme
        except ValueError:
            return ""
        return address if scheme in ("http", "https") else ""

    @app.get("/film/<int:number>")
    def film(number):
        return render_template("film.html", film=films[number])

    @app.get("/visitor/<name>")
    def visitor(name):
        return render_template("visitor.html", visitor=visitors[name])

    return app
