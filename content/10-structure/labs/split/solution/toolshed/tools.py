"""The list of tools."""
from flask import Blueprint, url_for

tools = Blueprint("tools", __name__, url_prefix="/tools")

TOOLS = ["drill", "saw"]


@tools.get("/")
def index():
    return {"tools": TOOLS, "loans": url_for("loans.index")}
