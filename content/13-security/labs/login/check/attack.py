"""Mallory's script. Each function tries one thing, and says whether it worked."""

import base64
import json

SITE = "https://pennyjar.example"


class Browser:
    """A browser on https: it keeps cookies and says where it comes from."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path):
        return self.client.get(path, base_url=SITE)

    def post(self, path, token=None, **form):
        if token is None:
            token = self.get("/token").text
        return self.client.post(
            path, base_url=SITE, data={**form, "csrf_token": token},
            headers={"Referer": SITE + "/"})

    def foreign_post(self, path, **form):
        """What a page of another site can make this browser do."""
        return self.client.post(
            path, base_url=SITE, data=form,
            headers={"Origin": "https://cats.example", "Referer": "https://cats.example/"})

    def session(self):
        """What can be read in the session cookie without the key."""
        cookie = self.client.get_cookie("session", domain="pennyjar.example")
        if cookie is None or not cookie.value:
            return {}
        part = cookie.value.split(".")[0]
        return json.loads(base64.urlsafe_b64decode(part + "=="))


def member(app, name, password="tram eel quartz"):
    browser = Browser(app)
    assert browser.post("/register", name=name, password=password).status_code == 201
    assert browser.post("/login", name=name, password=password).status_code in (302, 303)
    return browser


def borrow_a_browser(app, ada):
    """Cross-site request forgery, without a token and with Mallory's own."""
    before = dict(app.coins)
    mallory = Browser(app)
    ada.foreign_post("/pay", to="mallory", coins="5")
    ada.foreign_post("/pay", to="mallory", coins="5", csrf_token=mallory.get("/token").text)
    return app.coins != before


def log_somebody_out(ada):
    """A picture on another site: a GET with cookies."""
    ada.get("/logout")
    return ada.get("/").status_code != 200


def take_from_ada(app, mallory):
    """Say that Ada pays, and pay less than nothing."""
    before = app.coins["ada"]
    mallory.post("/pay", payer="ada", to="mallory", coins="5")
    mallory.post("/pay", to="ada", coins="-3")
    mallory.post("/pay", to="ada", coins="9999")
    return app.coins["ada"] < before or app.coins["mallory"] < 0 or app.coins["ada"] > before + 10


def lead_away(app, name, password):
    """Where does the login lead with a prepared link?"""
    led = []
    for target in ("https://evil.example", "//evil.example", "/\t/evil.example", "evil.example", "javascript:x()"):
        browser = Browser(app)
        token = browser.get("/token").text
        answer = browser.client.post(
            "/login", query_string={"next": target}, base_url=SITE,
            data={"name": name, "password": password, "csrf_token": token},
            headers={"Referer": SITE + "/"})
        if answer.location not in ("/", SITE + "/"):
            led.append((target, answer.location))
    return led
