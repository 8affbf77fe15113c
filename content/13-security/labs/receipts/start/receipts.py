"""Penny Jar's receipts."""

import os

from flask import Flask, abort, request


def create_app(root):
    """The app; its receipts lie in root/receipts."""
    app = Flask(__name__, root_path=root)
    folder = os.path.join(root, "receipts")

    @app.get("/receipt")
    def receipt():
        path = os.path.join(folder, request.args["name"])
        if not os.path.isfile(path):
            abort(404)
        with open(path) as file:
            return file.read(), {"Content-Type": "text/plain"}

    @app.post("/receipt")
    def upload():
        sent = request.files["receipt"]
        sent.save(os.path.join(folder, sent.filename))
        return sent.filename, 201

    return app
