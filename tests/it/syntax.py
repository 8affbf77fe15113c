"""Reads programs, one JSON text a line, and prints what pieces of them, changed by chance, mean to Python.

Each line of the output is [text, meaning]; the meaning is null for what is no Python. Keyword arguments are in the order of
their names in it, because their order does not count in an answer either.
"""

import ast
import json
import random
import re
import sys
import warnings

warnings.simplefilter("ignore")
DRAW = random.Random(11)
# What programs of a course rarely have.
RARE = """a+b*c|(a+b)*c|a-b-c|a-(b-c)|a**b**c|(a**b)**c|-a**b|(-a)**b|not a in b|not (a in b)|(not a) in b|a<b<c|(a<b)<c
a if b else c if d else e|(a if b else c) if d else e|lambda a,b=1:a|lambda:(yield)|f(*a,**b)|f(b=1,*a)|f(c=1,b=2)|x[1,2]|x[1:2,3]|x[(1,2)]|x[1,]
(a,)|()|[*a,b]|{**a,'b':1}|{a for a in b if c if d}|f(a for a in b)|f((a for a in b))|(a:=1)|f'{a}{b!r:>{c}}'|f'{a=}'|f'{{a}}'|f'{ {a} }'
'a' f'b'|b'a' b'c'|a@b|a//b%c|~a&b^d<<e|a is not b|a is (not b)|...|1_0.5e-3|0XfF|1J|x.y.z(1)(2)[3]|(yield a)|a or b and c|(a or b) and c
a and (b and c)|a == (b == c)|u'a'|r'\\n'|'\\n'|'\\x41'|'\\101'|rb'a'|'''a'''|x += 1|a = b = c|a, b = b, a|a, = b|f(x=(1, 2))|f(not a)|a[b:c:d]|a[:]
lambda *a, k=1, **kw: 0|lambda a, /, b: 0|assert a, b|raise A from b|return a, b|def f(a, b=1, *c, d=2, **e): pass|class A(B, metaclass=C): pass"""


class Same(ast.NodeTransformer):
    """Makes one tree of what an answer is free to write in either way."""

    def visit_Call(self, node):
        self.generic_visit(node)
        ordered, run = [], []
        by_name = lambda keyword: (keyword.arg, ast.dump(keyword))
        for keyword in node.keywords:
            if keyword.arg is None:
                ordered += [*sorted(run, key=by_name), keyword]
                run = []
            else:
                run.append(keyword)
        node.keywords = ordered + sorted(run, key=by_name)
        return node

    def visit_BoolOp(self, node):
        self.generic_visit(node)
        first = node.values[0]
        if isinstance(first, ast.BoolOp) and type(first.op) is type(node.op):
            node.values[:1] = first.values
        return node

    def visit_Constant(self, node):
        node.kind = None
        return node

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        node.simple = 1
        return node


def meaning(text):
    try:
        return ast.dump(Same().visit(ast.parse(text.strip())))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def changed(text):
    for _ in range(DRAW.randint(0, 3)):
        if not text:
            break
        at = DRAW.randrange(len(text))
        to = DRAW.randrange(at, min(len(text), at + 12)) + 1
        ways = [
            lambda: text[:at] + "(" + text[at:to] + ")" + text[to:],
            lambda: text.replace("'", '"'),
            lambda: text.replace('"', "'"),
            lambda: text[:at] + " " + text[at:],
            lambda: text.replace(" ", "", 1),
            lambda: text.replace(")", ",)", 1),
            lambda: re.sub(r"\(([^()]*)\)", r"\1", text, count=1),
            lambda: re.sub(r"\(([^()]*)\)", lambda m: "(" + ",".join(reversed(m[1].split(","))) + ")", text, count=1),
            lambda: text[:at] + text[to:],
            lambda: "(" + text + ")",
            lambda: text[:at] + DRAW.choice("+-*/,.()[]{}:=<>!\"' aif") + text[at:],
            lambda: re.sub(r"\b([1-9]\d*)\b", lambda m: DRAW.choice([hex(int(m[1])), m[1] + ".0"]), text, count=1),
            lambda: text.replace("==", "!=", 1),
        ]
        text = DRAW.choice(ways)()
    return text


def pieces(program):
    try:
        tree = ast.parse(program)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.expr, ast.stmt)):
            text = ast.get_source_segment(program, node)
            if text and len(text) < 80 and "\n" not in text:
                yield text


def main():
    found = {piece for line in sys.stdin for piece in pieces(json.loads(line))}
    found = sorted(found) + RARE.replace("\n", "|").split("|") * 8
    texts = sorted({changed(text) for text in found for _ in range(6)})
    for text in texts:
        print(json.dumps([text, meaning(text)]))


main()
