def add(a, b):
    return a + b


def more():
    return 1
