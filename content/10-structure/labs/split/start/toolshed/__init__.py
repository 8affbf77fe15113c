"""The Toolshed of Linden. It began as one file."""
from flask import Flask, redirect, url_for

from toolshed.loans import due          # moved yesterday; now nothing starts

app = Flask(__name__)
app.config["DAYS"] = 7

TOOLS = ["drill", "saw"]
LENT = {}                               # tool: when it is due


@app.get("/")
def start():
    return redirect(url_for("tools"))


@app.get("/tools/")
def tools():
    return {"tools": TOOLS, "loans": url_for("loans")}


@app.get("/loans/")
def loans():
    return LENT


@app.post("/loans/<tool>")
def lend(tool):
    if tool in LENT:
        return {"error": f"the {tool} is out"}, 409
    LENT[tool] = due()
    return {tool: LENT[tool]}, 201
