import importlib
import os
import sys

import pytest
from flask import Blueprint, Flask

sys.path.insert(0, os.getcwd())         # where the learner's package lies


@pytest.fixture
def make():
    """The learner's factory, freshly imported."""
    for name in [n for n in sys.modules if n.split(".")[0] == "toolshed"]:
        del sys.modules[name]
    package = importlib.import_module("toolshed")
    assert hasattr(package, "create_app"), "toolshed has no create_app"
    return package.create_app


def test_import():
    """The package can be imported, and the circle is gone."""
    for first in ["toolshed", "toolshed.loans", "toolshed.tools"]:
        for name in [n for n in sys.modules if n.split(".")[0] == "toolshed"]:
            del sys.modules[name]
        importlib.import_module(first)


def test_factory(make):
    """Each call of create_app() returns a new Flask app."""
    one, two = make(), make()
    assert isinstance(one, Flask) and isinstance(two, Flask)
    assert one is not two


def test_no_app_while_importing(make):
    """No module makes or imports an app while it is being imported."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "toolshed":
            for key, value in vars(module).items():
                assert not isinstance(value, Flask), f"{name}.{key} is an app"


def test_blueprints(make):
    """There are two blueprints, tools and loans, each made in its own file."""
    found = make().blueprints
    assert set(found) == {"tools", "loans"}
    for name, blueprint in found.items():
        assert isinstance(blueprint, Blueprint)
        assert blueprint.import_name == f"toolshed.{name}"


def test_rules(make):
    """The addresses are the old ones, and they belong to the blueprints."""
    rules = {}
    for rule in make().url_map.iter_rules():
        rules.setdefault(rule.rule, set()).add(rule.endpoint.split(".")[0])
    assert rules.get("/tools/") == {"tools"}
    assert rules.get("/loans/") == {"loans"}
    assert rules.get("/loans/<tool>") == {"loans"}


def test_tools(make):
    """The list of tools is there, with the link to the loans."""
    answer = make().test_client().get("/tools/")
    assert answer.json == {"tools": ["drill", "saw"], "loans": "/loans/"}


def test_link_is_built(make):
    """The link follows when the whole app moves below another path."""
    answer = make().test_client().get("/tools/", base_url="http://localhost/linden")
    assert answer.json["loans"] == "/linden/loans/"


def test_start(make):
    """The start page redirects to the tools."""
    answer = make().test_client().get("/")
    assert answer.status_code == 302
    assert answer.location == "/tools/"


def test_lend(make):
    """A tool is lent once: 201, then 409, and it is in the list."""
    client = make().test_client()
    assert client.get("/loans/").json == {}
    assert client.post("/loans/drill").status_code == 201
    assert client.post("/loans/drill").status_code == 409
    assert client.get("/loans/").json == {"drill": "in 7 days"}


def test_settings(make):
    """Elmbrook lends for fourteen days, Linden for seven, both at once."""
    linden, elmbrook = make(), make({"DAYS": 14})
    assert elmbrook.test_client().post("/loans/saw").json == {"saw": "in 14 days"}
    assert linden.test_client().post("/loans/saw").json == {"saw": "in 7 days"}


def test_apart(make):
    """A drill that is lent in one shed is free in the other."""
    linden, elmbrook = make(), make()
    assert linden.test_client().post("/loans/drill").status_code == 201
    assert elmbrook.test_client().post("/loans/drill").status_code == 201
