import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path

import exploit
import notes

spec = importlib.util.spec_from_file_location("original", Path(__file__).with_name("original.py"))
original = importlib.util.module_from_spec(spec)
spec.loader.exec_module(original)

EVIL_TEXTS = [
    "<script>steal()</script>", "<scr<script>ipt>steal()</scr</script>ipt>",
    "<img src=x onerror=steal()>", "*a* <svg onload=steal()>", "<SCRIPT>steal()</SCRIPT>"]
EVIL_LINKS = [
    "javascript:steal()", "JavaScript:steal()", " javascript:steal()", "java\tscript:steal()",
    "data:text/html,<script>steal()</script>", "javascript://x%0asteal()"]


class Browser(HTMLParser):
    """Collects the tags, what would run, and the text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.runs, self.text, self.inside = [], [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.inside = tag == "script"
        for name, value in attrs:
            link = re.sub(r"[\t\n\r]", "", value or "").strip().lower()
            if name.startswith("on") or link.startswith(("javascript:", "data:")):
                self.runs.append(value)

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.runs.append(data)
        self.text += data


def page_with(module, text="hello", link=""):
    client = module.create_app().test_client()
    client.post("/", data={"text": text, "link": link})
    return client.get("/")


def browse(module, **note):
    return Browser(page_with(module, **note).text)


def test_exploit_text():
    """Your TEXT brings a script that steals into the original page"""
    assert any("steal" in code for code in browse(original, text=exploit.TEXT).runs)


def test_exploit_link():
    """Your LINK steals in the original page, when it is clicked"""
    seen = browse(original, link=exploit.LINK)
    assert "a" in seen.tags and any("steal" in code for code in seen.runs)


def test_texts():
    """No text of a note runs in your page"""
    for text in EVIL_TEXTS + [exploit.TEXT]:
        seen = browse(notes, text=text)
        assert seen.runs == [] and set(seen.tags) <= {"title", "p", "b", "a"}, text


def test_links():
    """No link of a note runs in your page"""
    for link in EVIL_LINKS + [exploit.LINK]:
        assert browse(notes, link=link).runs == [], link


def test_good_links():
    """Links with http and https are still there"""
    for link in ("http://ada.example/a?b=1", "https://ada.example"):
        assert f'href="{link}"' in page_with(notes, link=link).text


def test_bold():
    """A word between stars is still bold"""
    assert "<b>nine</b>" in page_with(notes, text="thanks for *nine* coins").text


def test_text_stays():
    """Who writes about a < b or <script> is shown with every character"""
    for text in ("a < b & c", "beware of <script>", "say \"hi\" to O'Neil"):
        assert text in browse(notes, text=text).text


def test_policy():
    """Every page has a policy that allows no inline script"""
    for answer in (page_with(notes), notes.create_app().test_client().get("/missing")):
        policy = answer.headers.get("Content-Security-Policy", "")
        parts = dict((part.split() + [""])[:1] + [part] for part in policy.split(";") if part.strip())
        rule = parts.get("script-src") or parts.get("default-src") or ""
        assert rule and "unsafe-inline" not in rule and "*" not in rule.split()
