import pytest
from links import create_app


@pytest.fixture
def client():
    return create_app({7: "Small bell", 36: "Tower bell", 87: "Ship's bell"}).test_client()


@pytest.mark.parametrize("code, number", [("7", 7), ("10", 36), ("2f", 87)])
def test_leads(client, code, number):
    """A short address leads to its object's page"""
    assert client.get(f"/s/{code}").location == f"/objects/{number}"


def test_status(client):
    """The redirect is permanent and keeps the method"""
    assert client.get("/s/7").status_code == 308


def test_unknown(client):
    """An unknown object is a 404"""
    assert client.get("/s/zz").status_code == 404


@pytest.mark.parametrize("code", ["2F", "-7", "2f!", "%20", ""])
def test_no_code(client, code):
    """What is no code is a 404"""
    assert client.get(f"/s/{code}").status_code == 404


@pytest.mark.parametrize("number, code", [(7, "7"), (36, "10"), (87, "2f")])
def test_own_address(client, number, code):
    """Each page shows its short address"""
    assert client.get(f"/objects/{number}").text.endswith(f" /s/{code}")
