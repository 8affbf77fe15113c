"""Penny Jar: members, coins, and soon a login."""

from flask import Flask, redirect, request, session


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "from the environment in production"
    members = app.members = {}  # name: stored password
    coins = app.coins = {}  # name: number of coins

    @app.get("/token")
    def token():
        return ""  # the CSRF token

    @app.post("/register")
    def register():
        name = request.form["name"]
        members[name] = request.form["password"]
        coins[name] = 10
        return "welcome", 201

    @app.post("/login")
    def login():
        name = request.form["name"]
        if name not in members:
            return "no such member", 401
        if members[name] != request.form["password"]:
            return "wrong password", 401
        session["user"] = name
        return redirect(request.args.get("next", "/"))

    @app.get("/logout")
    def logout():
        session.pop("user", None)
        return redirect("/")

    @app.get("/")
    def home():
        return "hello " + session["user"]

    @app.post("/pay")
    def pay():
        payer = request.form.get("payer", session["user"])
        amount = int(request.form["coins"])
        coins[payer] -= amount
        coins[request.form["to"]] += amount
        return "paid"

    return app
