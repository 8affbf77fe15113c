import re

import pytest
from flask import Flask
from harbour import Stopwatch, build
from werkzeug.test import Client


@pytest.fixture
def client():
    return build().test_client()


def test_flask_object():
    """`build()` still returns a Flask object"""
    assert isinstance(build(), Flask)


def test_office(client):
    """The office answers at `/ships` as before"""
    assert client.get("/ships").text == "3 ships"


def test_customs(client):
    """Customs answers below `/customs`, with a link that has the prefix"""
    assert client.get("/customs/ships").text == "1 checked, more at /customs/ships"


def test_whole_pieces(client):
    """`/customsX/ships` is not found"""
    assert client.get("/customsX/ships").status_code == 404


@pytest.mark.parametrize("path", ["/ships", "/customs/ships"])
def test_stamped(client, path):
    """Every answer says how long it took"""
    assert re.fullmatch(r"\d+\.\d{3}", client.get(path).headers.get("X-Seconds", ""))


def test_any_app():
    """The stopwatch goes around any WSGI application, not only around Flask"""
    def plain(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"fish"]

    answer = Client(Stopwatch(plain)).get("/")
    assert answer.text == "fish"
    assert re.fullmatch(r"\d+\.\d{3}", answer.headers.get("X-Seconds", ""))


@pytest.mark.parametrize("path", ["/nowhere", "/customs/nowhere", "/wreck"])
def test_errors_stamped(client, path):
    """Error pages of both apps say it, too"""
    assert re.fullmatch(r"\d+\.\d{3}", client.get(path).headers.get("X-Seconds", ""))
