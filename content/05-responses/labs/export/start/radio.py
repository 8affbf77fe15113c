"""Owl Radio: the archive."""

from flask import Flask, request


def songs():
    """Each song's number and title, read from the archive one by one."""
    titles = ["Snow", "Hush", "Night Bus", "Lanterns", "Slow Train"]
    for number, title in enumerate(titles, 1):
        yield number, title


def create_app(songs=songs):
    app = Flask(__name__)

    @app.get("/archive.csv")
    def archive():
        lines = ["number,title\n"]
        for number, title in songs():
            lines.append(f"{number},{title}\n")
        return "".join(lines)

    return app
