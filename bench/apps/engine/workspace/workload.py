"""One unit of work of a kind; prints the seconds that it took, start of Python not counted."""

import os
import sys
import time


def cpu():
    total = 0
    for number in range(6_000_000):
        total = (total * 31 + number) % 1_000_003


def files():
    folder = "/output/bench"
    os.makedirs(folder, exist_ok=True)
    names = [f"{folder}/{number}" for number in range(3000)]
    for name in names:
        with open(name, "wb") as file:
            file.write(b"x" * 4096)
    for name in names:
        with open(name, "rb") as file:
            file.read()
        os.stat(name)
    for name in names:
        os.unlink(name)


def processes():
    for _ in range(600):
        os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)


start = time.monotonic()
{"cpu": cpu, "files": files, "processes": processes}[sys.argv[1]]()
print(time.monotonic() - start)
