#!/usr/bin/env python3
"""Makes src/content/pages.txt: the pages of the documentation and the headings in them, so that
`content check` can tell a source that leads nowhere.

For each site, check out its repository at the version, and build its documentation with Sphinx:

    python3 -m venv env
    env/bin/pip install sphinx pallets-sphinx-themes sphinxcontrib-log-cabinet sphinx-tabs myst-parser ./flask
    env/bin/sphinx-build -b html flask/docs html/flask

and then name each folder with its site and version:

    python3 tools/pages.py flask=3.1.3=html/flask werkzeug=3.1.8=html/werkzeug > src/content/pages.txt
"""

import os
import re
import sys
from html.parser import HTMLParser

# Pages of the builder, and ids that number things or belong to the theme.
NO_PAGES = {"404", "genindex", "search", "py-modindex"}
NO_ANCHOR = re.compile(r"id\d+|index-\d+|(panel|tab)-.*|ethical-ad-placement|sidebar-.*|searchbox|searchlabel|cmdoption.*")


class Anchors(HTMLParser):
    """The ids in the main part of a page."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = set(), False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.inside = self.inside or attributes.get("role") == "main"
        name = attributes.get("id")
        if self.inside and name and " " not in name and not NO_ANCHOR.fullmatch(name):
            self.found.add(name)


def pages(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("_"))
        for file in files:
            name, ending = os.path.splitext(os.path.relpath(os.path.join(folder, file), root))
            if ending == ".html" and name not in NO_PAGES:
                anchors = Anchors()
                with open(os.path.join(folder, file), encoding="utf-8") as text:
                    anchors.feed(text.read())
                yield name.replace(os.sep, "/"), sorted(anchors.found)


def main():
    if len(sys.argv) < 2 or any(site.count("=") != 2 for site in sys.argv[1:]):
        sys.exit(__doc__)
    print("# Pages of documentation and the headings in them. tools/pages.py made this file.")
    for site in sys.argv[1:]:
        name, version, root = site.split("=")
        print(f"{name} {version}")
        for page, anchors in sorted(pages(root)):
            print(" ".join(["", page, *anchors]))


if __name__ == "__main__":
    main()
