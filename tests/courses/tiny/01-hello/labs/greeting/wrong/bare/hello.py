from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "hello"


@app.get("/<name>")
def greet(name):
    return "hello ada"
