"""Lending tools."""
from flask import Blueprint, current_app

loans = Blueprint("loans", __name__, url_prefix="/loans")


def due():
    return f"in {current_app.config['DAYS']} days"


@loans.get("/")
def index():
    return current_app.extensions["lent"]


@loans.post("/<tool>")
def lend(tool):
    lent = current_app.extensions["lent"]
    if tool in lent:
        return {"error": f"the {tool} is out"}, 409
    lent[tool] = due()
    return {tool: lent[tool]}, 201
