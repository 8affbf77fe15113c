"""Penny Jar: members, coins, and a login."""

import re

from flask import Flask, abort, redirect, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.security import check_password_hash, generate_password_hash

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
}


def local(target):
    """Whether this is a path of our own site."""
    return re.fullmatch(r"/(?![/\\])[!-~]*", target) is not None


def create_app():
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="from the environment in production",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    CSRFProtect(app)
    members = app.members = {}  # name: stored password
    coins = app.coins = {}  # name: number of coins

    @app.after_request
    def secure_headers(response):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @app.get("/token")
    def token():
        return generate_csrf()

    @app.post("/register")
    def register():
        name = request.form["name"]
        if name in members:
            abort(409)
        members[name] = generate_password_hash(request.form["password"])
        coins[name] = 10
        return "welcome", 201

    @app.post("/login")
    def login():
        name = request.form["name"]
        stored = members.get(name)
        if not stored or not check_password_hash(stored, request.form["password"]):
            return "wrong name or password", 401
        session.clear()
        session["user"] = name
        target = request.args.get("next", "/")
        return redirect(target if local(target) else "/")

    @app.post("/logout")
    def logout():
        session.clear()
        return redirect("/")

    @app.get("/")
    def home():
        return "hello " + (session.get("user") or abort(401))

    @app.post("/pay")
    def pay():
        payer = session.get("user") or abort(401)
        amount = request.form.get("coins", 0, int)
        to = request.form.get("to")
        if to not in coins or not 1 <= amount <= coins[payer]:
            abort(400)
        coins[payer] -= amount
        coins[to] += amount
        return "paid"

    return app
