import json
import re
from pathlib import Path

import pytest
from lantern import create_app
from markupsafe import Markup

EVIL = "x onerror=steal() \"><script>steal()</script></script>\u2028'"


def page(kind, **values):
    film = {"title": "Ran", "review": "fine", **values}
    visitor = {"name": "ada", "page": "https://ada.example/", **values}
    app = create_app({1: film}, {"ada": visitor})
    return app.test_client().get({"film": "/film/1", "visitor": "/visitor/ada"}[kind]).text


@pytest.mark.parametrize("name", ["film.html", "visitor.html"])
def test_extends(name):
    """Each page extends the frame and has no `<html>` of its own"""
    text = Path("templates", name).read_text()
    assert "extends" in text and "<html" not in text


@pytest.mark.parametrize("kind, title", [("film", "Ran"), ("visitor", "ada")])
def test_frame(kind, title):
    """Both pages have menu, title and content"""
    text = page(kind)
    assert f"<title>{title} | Lantern</title>" in text
    assert "<nav>" in text and f"<h1>{title}</h1>" in text


def test_bold_title():
    """A title that Nora made bold is bold"""
    assert "<h1><b>Ran</b></h1>" in page("film", title=Markup("<b>Ran</b>"))


def test_review():
    """A visitor's review can't bring HTML"""
    assert "<script>steal" not in page("film", review=EVIL)


def test_attribute():
    """A title can't break out of the picture's attribute"""
    image = re.search(r"<img ([^>]*)>", page("film", title="x onerror=steal()"))[1]
    assert re.fullmatch(r"""alt=("[^"]*"|'[^']*') src="[^"]*\"""", image)


def test_script():
    """A title can't break out of the script"""
    text = page("film", title=EVIL)
    value = re.search(r"const film = (.*);</script>", text)[1]
    assert json.loads(value) == EVIL and "</script><" not in value


@pytest.mark.parametrize("address", ["javascript:steal()", " JavaScript:steal()", "data:text/html,x"])
def test_address(address):
    """A visitor's link leads to web pages only"""
    assert address.strip() not in page("visitor", page=address)


def test_good_address():
    """A good link is still there"""
    assert 'href="https://ada.example/"' in page("visitor")
