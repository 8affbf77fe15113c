import logging

import pytest
from hut import create_app


class Keep(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append(record)


@pytest.fixture
def app():
    return create_app()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def log(app):
    keep = Keep()
    app.logger.addHandler(keep)
    yield keep.records
    app.logger.removeHandler(keep)


def is_problem(answer, status, name):
    assert answer.status_code == status
    assert answer.is_json, "the answer isn't JSON"
    assert set(answer.json) == {"error", "detail"}
    assert answer.json["error"] == name
    assert answer.json["detail"]


def is_page(answer, status, name):
    assert answer.status_code == status
    assert answer.mimetype == "text/html", "the answer isn't HTML"
    assert f"<h1>{name}</h1>" in answer.text


def test_api_success(client):
    """What worked before still works, for the rescue and for hikers"""
    assert client.post("/api/bunks/3").json == {"bunk": 3}
    assert client.get("/").text == "<h1>Ridge Hut</h1>"


def test_api_abort(client):
    """A bunk that doesn't exist is a 404 in JSON, with the reason"""
    answer = client.post("/api/bunks/41")
    is_problem(answer, 404, "Not Found")
    assert answer.json["detail"] == "There is no bunk 41."


def test_api_unknown(client):
    """An unknown address below /api/ is JSON, too"""
    is_problem(client.get("/api/bonks"), 404, "Not Found")
    is_problem(client.post("/api/bunks/seven"), 404, "Not Found")


def test_api_method(client):
    """A wrong method is a 405 in JSON, and the header Allow is still there"""
    answer = client.delete("/api/bunks/3")
    is_problem(answer, 405, "Method Not Allowed")
    assert "POST" in answer.headers.get("Allow", ""), "the header Allow is lost"


def test_taken(client):
    """A taken bunk is a 409 that names the bunk, in both forms"""
    answer = client.post("/api/bunks/7")
    is_problem(answer, 409, "Conflict")
    assert answer.json["detail"] == "Bunk 7 is taken."
    page = client.post("/bunks/7")
    is_page(page, 409, "Conflict")
    assert "Bunk 7 is taken." in page.text


def test_private(client):
    """Nobody learns who has booked the bunk"""
    assert "Ada" not in client.post("/api/bunks/7").text
    assert "Ada" not in client.post("/bunks/7").text


def test_api_failure(client, log):
    """A view that fails is a 500 in JSON, without the exception's text"""
    answer = client.get("/api/price/cellar")
    is_problem(answer, 500, "Internal Server Error")
    assert "cellar" not in answer.text and "KeyError" not in answer.text


def test_failure_is_logged(client, log):
    """The traceback of a failing view is in the log, and a 404 is not"""
    client.get("/api/bonks")
    assert log == []
    client.get("/api/price/cellar")
    assert [record.levelname for record in log] == ["ERROR"]
    assert log[0].exc_info and log[0].exc_info[0] is KeyError


def test_pages(client):
    """Hikers get HTML pages for 404, 405 and 500"""
    is_page(client.get("/cellar"), 404, "Not Found")
    is_page(client.post("/"), 405, "Method Not Allowed")
    is_page(client.get("/price/cellar"), 500, "Internal Server Error")


def test_apiary(client):
    """The page about the bees is a page, although it begins with /api"""
    is_page(client.get("/apiary"), 404, "Not Found")
