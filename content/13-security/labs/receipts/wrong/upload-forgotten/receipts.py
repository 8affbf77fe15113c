"""Penny Jar's receipts."""

import os

from flask import Flask, request, send_from_directory
from werkzeug.utils import secure_filename


def create_app(root):
    """The app; its receipts lie in root/receipts."""
    app = Flask(__name__, root_path=root)
    folder = os.path.join(root, "receipts")

    @app.get("/receipt")
    def receipt():
        return send_from_directory(folder, request.args["name"], mimetype="text/plain")

    @app.post("/receipt")
    def upload():
        sent = request.files["receipt"]
        name = secure_filename(sent.filename)
        sent.save(os.path.join(folder, name))
        return name, 201

    return app
