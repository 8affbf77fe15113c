"""Penny Jar's receipts."""

import os
import uuid

from flask import Flask, request, send_from_directory


def create_app(root):
    """The app; its receipts lie in root/receipts."""
    app = Flask(__name__, root_path=root)
    folder = os.path.join(root, "receipts")

    @app.get("/receipt")
    def receipt():
        answer = send_from_directory(
            folder, request.args["name"],
            mimetype="text/plain", as_attachment=True)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    @app.post("/receipt")
    def upload():
        name = uuid.uuid4().hex + ".txt"
        request.files["receipt"].save(os.path.join(folder, name))
        return name, 201

    return app
