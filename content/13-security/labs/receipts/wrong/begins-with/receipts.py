"""Penny Jar's receipts."""

import os
import uuid

from flask import Flask, abort, request


def create_app(root):
    """The app; its receipts lie in root/receipts."""
    app = Flask(__name__, root_path=root)
    folder = os.path.join(root, "receipts")

    @app.get("/receipt")
    def receipt():
        path = os.path.realpath(os.path.join(folder, request.args["name"]))
        if not path.startswith(os.path.realpath(folder)) or not os.path.isfile(path):
            abort(404)
        with open(path) as file:
            return file.read(), {"Content-Type": "text/plain"}

    @app.post("/receipt")
    def upload():
        name = uuid.uuid4().hex + ".txt"
        request.files["receipt"].save(os.path.join(folder, name))
        return name, 201

    return app
