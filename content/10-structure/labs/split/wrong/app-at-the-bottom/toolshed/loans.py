"""Lending tools."""
from flask import Blueprint

loans = Blueprint("loans", __name__, url_prefix="/loans")


def due():
    from toolshed import app
    return f"in {app.config['DAYS']} days"


@loans.get("/")
def index():
    from toolshed import app
    return app.extensions["lent"]


@loans.post("/<tool>")
def lend(tool):
    from toolshed import app
    lent = app.extensions["lent"]
    if tool in lent:
        return {"error": f"the {tool} is out"}, 409
    lent[tool] = due()
    return {tool: lent[tool]}, 201
