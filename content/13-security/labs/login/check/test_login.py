import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

# Hashing a password is slow on purpose. The tests only want to know whether it is done.
work = []
real_scrypt, real_pbkdf2 = hashlib.scrypt, hashlib.pbkdf2_hmac


def quick_scrypt(*args, **more):
    work.append("scrypt")
    return real_scrypt(*args, **{**more, "n": 16})


def quick_pbkdf2(name, password, salt, iterations, *more):
    work.append("pbkdf2")
    return real_pbkdf2(name, password, salt, 10, *more)


hashlib.scrypt, hashlib.pbkdf2_hmac = quick_scrypt, quick_pbkdf2

import attack
import pytest
from attack import Browser, member
from jar import create_app
from werkzeug import security

PASSWORD = "tram eel quartz"


@pytest.fixture(scope="module")
def club():
    app = create_app()
    return app, member(app, "ada"), member(app, "mallory")


def test_login(club):
    """Who logs in is greeted by name"""
    app, ada, mallory = club
    assert ada.get("/").text == "hello ada"
    assert mallory.get("/").text == "hello mallory"


def test_strangers(club):
    """A stranger gets a 401 at the front page, and at a payment"""
    stranger = Browser(club[0])
    assert stranger.get("/").status_code == 401
    assert stranger.post("/pay", to="ada", coins="1").status_code == 401


def test_pay(club):
    """An honest payment arrives"""
    app, ada, mallory = club
    before = app.coins["ada"], app.coins["mallory"]
    assert ada.post("/pay", to="mallory", coins="2").status_code == 200
    assert (app.coins["ada"], app.coins["mallory"]) == (before[0] - 2, before[1] + 2)


def test_hash(club):
    """Passwords are stored as slow, salted hashes"""
    app = club[0]
    assert app.members["ada"] != app.members["mallory"]
    assert app.members["ada"].startswith(("scrypt:", "pbkdf2:"))
    assert security.check_password_hash(app.members["ada"], PASSWORD)


def test_taken(club):
    """A name that is taken can't be registered again"""
    app = club[0]
    stored = app.members["ada"]
    assert Browser(app).post("/register", name="ada", password="mine now").status_code == 409
    assert app.members["ada"] == stored


def test_same_words(club):
    """Wrong password and unknown name get the same 401, word for word"""
    browser = Browser(club[0])
    wrong = browser.post("/login", name="ada", password="x")
    nobody = browser.post("/login", name="zoe", password="x")
    assert (wrong.status_code, wrong.text) == (nobody.status_code, nobody.text)
    assert wrong.status_code == 401


def test_same_work(club):
    """Attack: the time of an answer doesn't tell whether a name is known: a hash is checked in both cases"""
    browser = Browser(club[0])
    counts = []
    for name in ("ada", "zoe"):
        work.clear()
        browser.post("/login", name=name, password="x")
        counts.append(len(work))
    assert counts == [1, 1]


def test_fresh_session(club):
    """A login keeps nothing of the session before"""
    app = club[0]
    browser = Browser(app)
    with browser.client.session_transaction(base_url=attack.SITE) as before:
        before["role"] = "treasurer"
    assert browser.session().get("role") == "treasurer"
    browser.post("/login", name="ada", password=PASSWORD)
    after = browser.session()
    assert after.get("user") == "ada" and "role" not in after


def test_next(club):
    """The login returns to where the visitor was"""
    browser = Browser(club[0])
    answer = browser.post("/login?next=/notes/17", name="ada", password=PASSWORD)
    assert answer.location == "/notes/17"


def test_lead_away(club):
    """Attack: a prepared link doesn't lead to another site"""
    assert attack.lead_away(club[0], "ada", PASSWORD) == []


def test_forgery(club):
    """Attack: another site can't pay through Ada's browser"""
    assert not attack.borrow_a_browser(club[0], club[1])


def test_logout_by_picture(club):
    """Attack: a picture on another site doesn't log Ada out"""
    assert not attack.log_somebody_out(club[1])


def test_take(club):
    """Attack: Mallory can't pay with Ada's coins, with less than nothing, or with more than she has"""
    assert not attack.take_from_ada(club[0], club[2])


def test_logout(club):
    """A log-out by POST ends the session"""
    browser = Browser(club[0])
    browser.post("/login", name="ada", password=PASSWORD)
    assert browser.post("/logout").status_code in (302, 303)
    assert browser.get("/").status_code == 401
    assert "user" not in browser.session()


def test_headers(club):
    """Every answer carries the two security headers, an error page as well"""
    for path in ("/token", "/missing"):
        headers = club[1].get(path).headers
        assert headers.get("X-Content-Type-Options") == "nosniff"
        assert "frame-ancestors 'none'" in headers.get("Content-Security-Policy", "")


def test_cookie(club):
    """The session cookie is HttpOnly, Secure and SameSite=Lax"""
    browser = Browser(club[0])
    token = browser.get("/token").text
    answer = browser.post("/login", token=token, name="ada", password=PASSWORD)
    header = [h for h in answer.headers.getlist("Set-Cookie") if h.startswith("session=")][0]
    assert all(word in header for word in ("HttpOnly", "Secure", "SameSite=Lax"))
