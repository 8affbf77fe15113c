import pytest
from hello import app


@pytest.fixture
def client():
    return app.test_client()


def test_no_name(client):
    """Without a name the greeting is `hello`"""
    assert client.get("/").text == "hello"


def test_name(client):
    """A name is greeted"""
    assert client.get("/ada").text == "hello ada"


def test_other_name(client):
    """Another name is greeted, too"""
    assert client.get("/grace").text == "hello grace"
