#!/usr/bin/env python3
"""Measures flaskdojo from outside, beside the bare ratatui program of examples/bare.rs.

    cargo build --release --bin flaskdojo --example bare
    python3 benches/outside.py [RUNS [PROGRAM]]

Each program runs on a pseudo-terminal of its own (Linux, Python 3.11, nothing else needed), in turn A B A B …

start   from the moment of exec to the last byte of the first burst; 30 ms of silence end a burst
key     from writing a key to the last byte of what it caused
answer  the same for the key that answers a question and so waits for the disk
idle    CPU time and bytes written in two seconds without a key
memory  proportional set size (PSS) after the keys
"""

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "target/release/flaskdojo")
BARE = os.path.join(ROOT, "target/release/examples/bare")
SILENCE = 0.030
KEYS = {"Enter": b"\r", "Esc": b"\x1b", "Down": b"\x1b[B", "Up": b"\x1b[A", "Space": b" "}
ANSWERS = {b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": b"\x1b[?62c"}


class Terminal:
    """A program on a terminal of 100 by 30 cells."""

    def __init__(self, *command):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        environment = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
        environment.pop("NO_COLOR", None)
        self.began = time.perf_counter()
        self.pid = os.posix_spawn(command[0], command, environment, setsid=True, file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.ttyname(slave), os.O_RDWR, 0),
            (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)])
        os.close(slave)

    def burst(self, patience=2.0):
        """Reads until there is silence; when the last byte came, and how many there were."""
        last, size, until = None, 0, time.perf_counter() + patience
        while True:
            wait = SILENCE if last else max(0.0, until - time.perf_counter())
            if not select.select([self.master], [], [], wait)[0]:
                return last, size
            try:
                part = os.read(self.master, 65536)
            except OSError:
                return last, size
            if not part:
                return last, size
            last = time.perf_counter()
            size += len(part)
            for query, answer in ANSWERS.items():
                if query in part:
                    os.write(self.master, answer)

    def press(self, name):
        """Milliseconds from the key to the last byte; None if nothing came. And the bytes."""
        key = KEYS.get(name, name.encode())
        time.sleep(0.004)
        began = time.perf_counter()
        os.write(self.master, key)
        last, size = self.burst(0.25)
        return (last - began) * 1000 if last else None, size

    def cpu_ms(self):
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/schedstat") as file:
                total += int(file.read().split()[0])
        return total / 1e6

    def pss_mib(self):
        with open(f"/proc/{self.pid}/smaps_rollup") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024

    def end(self):
        try:
            os.kill(self.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.master)


def start(command):
    terminal = Terminal(*command)
    last, _ = terminal.burst()
    took, cpu = (last - terminal.began) * 1000, terminal.cpu_ms()
    terminal.end()
    return took, cpu


def keys(command, before, script, repeats):
    terminal = Terminal(*command)
    terminal.burst()
    for key in before:
        terminal.press(key)
    times, sizes, quiet = [], [], 0
    cpu = terminal.cpu_ms()
    for _ in range(repeats):
        for key in script:
            took, size = terminal.press(key)
            if took is None:
                quiet += 1
            else:
                times.append(took)
                sizes.append(size)
    cpu = (terminal.cpu_ms() - cpu) / max(1, len(times) + quiet)
    idle, (_, written) = terminal.cpu_ms(), terminal.burst(2.0)
    idle = terminal.cpu_ms() - idle
    pss = terminal.pss_mib()
    terminal.end()
    return times, sizes, cpu, idle, written, pss


def spread(values):
    values = sorted(values)
    return statistics.median(values), values[int(len(values) * 0.95) - 1] if len(values) > 1 else values[0]


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    own = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else PROGRAM
    for program in (own, BARE):
        if not os.path.exists(program):
            sys.exit(f"{program} is missing: cargo build --release --bin flaskdojo --example bare")
    folder = tempfile.mkdtemp(prefix="flaskdojo-measure-")
    ours, bare = [own, "--data", os.path.join(folder, "used")], [BARE]
    try:
        first = [start([own, "--data", os.path.join(folder, f"new{n}")])[0] for n in range(runs)]
        keys(ours, ["Enter", "Space", "Space", "Esc"], [], 0)
        starts = {"bare": [], "flaskdojo": []}
        for _ in range(runs):
            starts["bare"].append(start(bare))
            starts["flaskdojo"].append(start(ours))
        base = spread([took for took, _ in starts["bare"]])[0]
        print(f"{'start':<22} {'median ms':>10} {'p95 ms':>8} {'CPU ms':>8} {'× bare':>7}")
        for name, found in starts.items():
            median, p95 = spread([took for took, _ in found])
            print(f"{name:<22} {median:>10.2f} {p95:>8.2f} {statistics.median(c for _, c in found):>8.2f} {median / base:>7.2f}")
        median, p95 = spread(first)
        print(f"{'first start of all':<22} {median:>10.2f} {p95:>8.2f} {'':>8} {median / base:>7.2f}")
        screens = {
            "bare": (bare, [], ["Down"] * 3 + ["Up"] * 3 + ["Enter", "Esc"]),
            "home": (ours, [], ["Down", "Down", "Up", "Up"]),
            "lesson": (ours, ["Enter"], ["Space", "Space", "Down", "Up", "b", "b"]),
            "question": (ours + ["drill"], ["Esc"], ["Down", "Up", "i", "x", "Esc", "H"]),
        }
        print(f"\n{'keys':<22} {'median ms':>10} {'p95 ms':>8} {'CPU ms':>8} {'× bare':>7} {'p95 ×':>7} {'bytes':>7}"
              f" {'idle CPU ms/s':>14} {'idle B/s':>9} {'PSS MiB':>8}")
        bases = None
        for name, (command, before, script) in screens.items():
            times, sizes, cpu, idle, written, pss = keys(command, before, script, runs)
            median, p95 = spread(times)
            bases = bases or (median, p95)
            print(f"{name:<22} {median:>10.2f} {p95:>8.2f} {cpu:>8.2f} {median / bases[0]:>7.2f} {p95 / bases[1]:>7.2f}"
                  f" {statistics.mean(sizes):>7.0f} {idle / 2:>14.2f} {written / 2:>9.0f} {pss:>8.2f}")
        answers = []
        for number in range(runs):
            data = os.path.join(folder, f"answers{number}")
            terminal = Terminal(own, "--data", data, "--seed", str(number), "drill")
            terminal.burst()
            for _ in range(6):
                for key in ("Esc", "D"):
                    # Esc leaves a field where there is one; from a question without one it would go home.
                    if key == "Esc":
                        continue
                    took, _ = terminal.press(key)
                    if took is not None:
                        answers.append(took)
                terminal.press("Enter")
            terminal.end()
        median, p95 = spread(answers)
        print(f"\n{'graded answer':<22} {median:>10.2f} {p95:>8.2f}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
