"""Lending tools."""
from flask import Blueprint, current_app

loans = Blueprint("loans", __name__, url_prefix="/loans")

LENT = {}                               # tool: when it is due


def due():
    return f"in {current_app.config['DAYS']} days"


@loans.get("/")
def index():
    return LENT


@loans.post("/<tool>")
def lend(tool):
    if tool in LENT:
        return {"error": f"the {tool} is out"}, 409
    LENT[tool] = due()
    return {tool: LENT[tool]}, 201
