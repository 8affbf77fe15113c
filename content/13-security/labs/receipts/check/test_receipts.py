import importlib.util
import io
from pathlib import Path

import exploit
import pytest
import receipts

spec = importlib.util.spec_from_file_location("original", Path(__file__).with_name("original.py"))
original = importlib.util.module_from_spec(spec)
spec.loader.exec_module(original)

OUTSIDE = ["../settings.txt", "....//settings.txt", "../receipts-old/1.txt", "x/../../settings.txt"]


@pytest.fixture
def root(tmp_path):
    for folder in ("receipts", "receipts-old"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text("in " + folder)
    (tmp_path / "settings.txt").write_text("SECRET_KEY = 4f9c")
    return tmp_path


def read(module, root, name):
    return module.create_app(str(root)).test_client().get("/receipt", query_string={"name": name})


def write(module, root, name, data=b"mine"):
    file = (io.BytesIO(data), name)
    return module.create_app(str(root)).test_client().post("/receipt", data={"receipt": file})


def secret(answer):
    return "4f9c" in answer.text


def test_exploit_read(root):
    """Your READ works against the original app"""
    assert secret(read(original, root, exploit.READ))


def test_exploit_absolute(root):
    """Your READ_ABSOLUTE works against the original app, and has no two dots in it"""
    name = exploit.READ_ABSOLUTE(str(root))
    assert ".." not in name
    assert secret(read(original, root, name))


def test_exploit_write(root):
    """Your WRITE replaces the settings of the original app"""
    write(original, root, exploit.WRITE)
    assert (root / "settings.txt").read_text() == "mine"


def test_honest_read(root):
    """A receipt can be read in your app"""
    answer = read(receipts, root, "1.txt")
    assert answer.status_code == 200 and answer.text == "in receipts"


def test_missing(root):
    """A receipt that isn't there is a 404"""
    assert read(receipts, root, "2.txt").status_code == 404


def test_closed_read(root):
    """No name leads out of the folder any more: each is a 404"""
    names = OUTSIDE + [str(root / "settings.txt"), exploit.READ, exploit.READ_ABSOLUTE(str(root))]
    assert {name: read(receipts, root, name).status_code for name in names} == {name: 404 for name in names}


def test_closed_write(root):
    """No upload changes a file outside of the folder"""
    for name in OUTSIDE + [str(root / "settings.txt"), exploit.WRITE]:
        write(receipts, root, name)
    assert (root / "settings.txt").read_text() == "SECRET_KEY = 4f9c"
    assert (root / "receipts-old" / "1.txt").read_text() == "in receipts-old"
    assert sorted(p.name for p in root.iterdir()) == ["receipts", "receipts-old", "settings.txt"]


def test_upload(root):
    """An upload is saved, and can be read by the name in the answer"""
    answer = write(receipts, root, "bill.txt", b"nine coins")
    assert answer.status_code == 201
    assert read(receipts, root, answer.text).text == "nine coins"


def test_same_name(root):
    """An upload never replaces a receipt that is there"""
    first = write(receipts, root, "1.txt", b"other").text
    write(receipts, root, "1.txt", b"third")
    assert (root / "receipts" / "1.txt").read_text() == "in receipts"
    assert read(receipts, root, first).text == "other"


def test_strange_name(root):
    """A name such as `..` or 日本語 can be uploaded as well"""
    for name in ("..", "日本語"):
        assert write(receipts, root, name).status_code == 201
