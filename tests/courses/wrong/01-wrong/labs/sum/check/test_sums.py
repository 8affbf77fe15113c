from sums import add


def test_add():
    """Two and one are three"""
    assert add(2, 1) == 3
