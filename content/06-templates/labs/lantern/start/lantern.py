"""The Lantern: two pages."""

from flask import Flask, render_template


def create_app(films, visitors):
    app = Flask(__name__)

    @app.get("/film/<int:number>")
    def film(number):
        return render_template("film.html", film=films[number])

    @app.get("/visitor/<name>")
    def visitor(name):
        return render_template("visitor.html", visitor=visitors[name])

    return app
