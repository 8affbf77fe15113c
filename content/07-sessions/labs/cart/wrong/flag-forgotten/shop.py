"""Leaf & Kettle: the cart."""

from flask import Flask, session


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "summer"
    app.config["SECRET_KEY_FALLBACKS"] = ["spring"]

    @app.post("/add/<tea>")
    def add(tea):
        cart = session.setdefault("cart", {})
        cart[tea] = cart.get(tea, 0) + 1
        return cart

    @app.get("/cart")
    def cart():
        return session.get("cart", {})

    @app.post("/empty")
    def empty():
        session.pop("cart", None)
        return {}

    return app
