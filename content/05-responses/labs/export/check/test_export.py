import pytest
from radio import create_app


@pytest.fixture
def client():
    return create_app().test_client()


def test_rows(client):
    """The file has a header line and a line for each song"""
    lines = client.get("/archive.csv").text.splitlines()
    assert lines[:2] == ["number,title", "1,Snow"] and len(lines) == 6


def test_type(client):
    """Its type is `text/csv`"""
    assert client.get("/archive.csv").mimetype == "text/csv"


def test_saved(client):
    """The browser saves it as `archive.csv`"""
    told = client.get("/archive.csv").headers.get("Content-Disposition", "")
    assert told.startswith("attachment") and "archive.csv" in told


def test_streams():
    """The first line is there before the last song is read"""
    read = []

    def counted():
        for number in range(1, 1001):
            read.append(number)
            yield number, "song"

    answer = create_app(counted).test_client().get("/archive.csv", buffered=False)
    pieces = iter(answer.response)
    next(pieces), next(pieces)
    assert len(read) < 10


def test_from(client):
    """`?from=3` leaves out the songs before number 3"""
    lines = client.get("/archive.csv?from=3").text.splitlines()
    assert lines[1] == "3,Night Bus" and len(lines) == 4


def test_nonsense(client):
    """`?from=three` is a 400"""
    assert client.get("/archive.csv?from=three").status_code == 400
