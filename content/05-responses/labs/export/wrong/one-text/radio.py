"""Owl Radio: the archive."""

from flask import Flask, abort, request


def songs():
    """Each song's number and title, read from the archive one by one."""
    titles = ["Snow", "Hush", "Night Bus", "Lanterns", "Slow Train"]
    for number, title in enumerate(titles, 1):
        yield number, title


def create_app(songs=songs):
    app = Flask(__name__)

    @app.get("/archive.csv")
    def archive():
        try:
            first = int(request.args.get("from", 1))
        except ValueError:
            abort(400)

        def lines():
            yield "number,title\n"
            for number, title in songs():
                if number >= first:
                    yield f"{number},{title}\n"

        return "".join(lines()), {
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": "attachment; filename=archive.csv",
        }

    return app
