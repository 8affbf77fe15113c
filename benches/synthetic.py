#!/usr/bin/env python3
"""Writes a large course that means nothing, to measure with: the program must start as quickly as with a small one.

    python3 benches/synthetic.py /tmp/large              20,000 questions and 800 lessons
    python3 benches/synthetic.py /tmp/full 700 110       as many as the finished course will have

    flaskdojo content check /tmp/large
    FLASKDOJO_CONTENT=/tmp/large cargo build --release --target-dir /tmp/large-target
    python3 benches/outside.py 15 /tmp/large-target/release/flaskdojo

The texts are words of the built-in course's lessons, drawn anew for each sentence; the same each time.
"""

import json
import os
import random
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOPICS = 10
PROGRAM = """from flask import Flask
app = Flask(__name__)

@app.get("/{name}/<int:number>")
def {name}(number):
    return {{"{name}": number, "all": [n for n in range(number)]}}

print(app.test_client().get("/{name}/3").json)
"""


def words():
    found = []
    for folder, _, files in sorted(os.walk(os.path.join(ROOT, "content"))):
        for file in sorted(files):
            if "lessons" in folder:
                with open(os.path.join(folder, file), encoding="utf-8") as text:
                    found += re.findall(r"(?<![\w`/.<])[a-z]{2,12}(?![\w`/.>])", text.read())
    # “The last option” would mean something else each time.
    return [word for word in found if "option" not in word]


class Writer:
    def __init__(self, root):
        self.root, self.draw, self.words = root, random.Random(7), words()

    def sentence(self, length):
        return " ".join(self.draw.choice(self.words) for _ in range(length)).capitalize() + "."

    def write(self, path, value):
        """JSON is YAML."""
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file, indent=1)

    def question(self, name, topic):
        options = [{"id": key, "text": self.sentence(6), "why": self.sentence(12)} for key in "abcd"]
        options[self.draw.randrange(4)]["correct"] = True
        program = PROGRAM.format(name=self.draw.choice(self.words))
        return {
            "id": name, "topic": topic, "kind": "single", "level": self.draw.randint(1, 4),
            "prompt": self.sentence(14), "program": program, "options": options,
            "explanation": self.sentence(30), "hints": [self.sentence(8)], "sources": ["quickstart"],
            "proof": {"claims": {key: "app.name == " + json.dumps(key) for key in "abcd"}},
        }

    def lesson(self, name, topic, checks):
        body = []
        for check in checks:
            program = PROGRAM.format(name=self.draw.choice(self.words))
            body += [f"## {self.sentence(4)[:-1]}", self.sentence(60), self.sentence(50),
                     f"```python norun\n{program}```", f"```check\n{check}\n```"]
        return {"id": name, "topic": topic, "title": self.sentence(5)[:-1], "minutes": 7,
                "goals": [self.sentence(9)], "sources": ["quickstart"], "body": "\n\n".join(body) + "\n"}

    def course(self, questions, lessons):
        modules = max(1, min(80, questions // 40))
        names = [f"{number:02}-module" for number in range(modules)]
        self.write("course.yaml", {"id": "synthetic", "title": "A large course", "format": 1, "flask": "3.1",
                                   "modules": names})
        self.write("glossary.yaml", [{"term": f"word {n}", "text": self.sentence(20)} for n in range(200)])
        for number, folder in enumerate(names):
            topics = [f"m{number}-topic-{at}" for at in range(min(TOPICS, lessons // modules))]
            self.write(f"{folder}/module.yaml", {"title": self.sentence(3)[:-1], "summary": self.sentence(12),
                       "topics": [{"id": topic, "title": self.sentence(2)[:-1]} for topic in topics]})
            count = questions // modules + (number < questions % modules)
            ids = {topic: [] for topic in topics}
            for at in range(count):
                ids[topics[at % len(topics)]].append(f"m{number}.question-{at}")
            own = lessons // modules + (number < lessons % modules)
            for at in range(own):
                topic = topics[at % len(topics)]
                self.write(f"{folder}/lessons/{at:02}.yaml", self.lesson(f"m{number}.lesson-{at}", topic, ids[topic][:5]))
            for topic in topics:
                self.write(f"{folder}/questions/{topic}.yaml", [self.question(name, topic) for name in ids[topic]])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    questions, lessons = (int(number) for number in (sys.argv[2:] + ["20000", "800"][len(sys.argv) - 2:]))
    Writer(sys.argv[1]).course(questions, lessons)


if __name__ == "__main__":
    main()
