"""Ridge Hut: pages for hikers, an API for the mountain rescue."""

from flask import Blueprint, Flask, abort, request
from markupsafe import escape
from werkzeug.exceptions import Conflict, HTTPException

TAKEN = {7: "Ada"}


class BunkTaken(Exception):
    def __init__(self, bunk):
        super().__init__(f"bunk {bunk} belongs to {TAKEN[bunk]}")
        self.bunk = bunk


def book_bunk(bunk):
    if not 1 <= bunk <= 40:
        abort(404, description=f"There is no bunk {bunk}.")
    if bunk in TAKEN:
        raise BunkTaken(bunk)


api = Blueprint("api", __name__, url_prefix="/api")


@api.post("/bunks/<int:bunk>")
def api_book(bunk):
    book_bunk(bunk)
    return {"bunk": bunk}, 201


@api.get("/price/<room>")
def api_price(room):
    return {"price": {"attic": 20, "hall": 30}[room]}


def show(error):
    if request.path.startswith("/api/"):
        body = {"error": error.name, "detail": error.description}
        return body, error.code
    title, text = escape(error.name), escape(error.description)
    return f"<h1>{title}</h1><p>{text}</p>", error.code


def taken(error):
    return show(Conflict(f"Bunk {error.bunk} is taken."))


def create_app():
    app = Flask(__name__)

    @app.get("/")
    def home():
        return "<h1>Ridge Hut</h1>"

    @app.get("/apiary")
    def bees():
        abort(404, description="The bees have moved out.")

    @app.post("/bunks/<int:bunk>")
    def book(bunk):
        book_bunk(bunk)
        return "<h1>See you soon</h1>", 201

    @app.get("/price/<room>")
    def price(room):
        return str({"attic": 20, "hall": 30}[room])

    app.register_blueprint(api)
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(BunkTaken, taken)
    return app
