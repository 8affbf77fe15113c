import pytest
from flask import Flask, session
from shop import create_app


@pytest.fixture
def client():
    return create_app().test_client()


def cookie_signed_with(key, cart):
    """The cookie of an app that has this key and nothing else."""
    app = Flask("yesterday")
    app.secret_key = key
    app.add_url_rule("/", "fill", lambda: session.update(cart=cart) or "")
    browser = app.test_client()
    browser.get("/")
    return browser.get_cookie("session").value


def cart_with(cookie):
    browser = create_app().test_client()
    browser.set_cookie("session", cookie)
    return browser.get("/cart").json


def test_one(client):
    """One tea is in the cart at the next request"""
    client.post("/add/chai")
    assert client.get("/cart").json == {"chai": 1}


def test_two(client):
    """A second kind of tea stays, too"""
    client.post("/add/chai")
    client.post("/add/mint")
    assert client.get("/cart").json == {"chai": 1, "mint": 1}


def test_twice(client):
    """The same tea twice counts two"""
    client.post("/add/chai")
    client.post("/add/chai")
    assert client.get("/cart").json == {"chai": 2}


def test_empty(client):
    """An emptied cart is empty"""
    client.post("/add/chai")
    client.post("/empty")
    assert client.get("/cart").json == {}


def test_yesterday():
    """A cart from yesterday, signed with the spring key, is still there"""
    assert cart_with(cookie_signed_with("spring", {"oolong": 3})) == {"oolong": 3}


def test_new_key(client):
    """New carts are signed with the summer key"""
    client.post("/add/chai")
    only_summer = Flask("tomorrow")
    only_summer.secret_key = "summer"
    only_summer.add_url_rule("/", "read", lambda: session.get("cart", {}))
    browser = only_summer.test_client()
    browser.set_cookie("session", client.get_cookie("session").value)
    assert browser.get("/").json == {"chai": 1}


def test_forged():
    """A cart that a stranger signed is not accepted"""
    assert cart_with(cookie_signed_with("winter", {"gold": 1})) == {}
