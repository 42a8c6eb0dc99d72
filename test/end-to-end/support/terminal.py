"""Runs a program on a terminal of its own: what comes in is typed there, what it shows goes out.

The size is set by lines `ROWS COLUMNS` on descriptor 3.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios

TYPED, SHOWN, SIZES = 0, 1, 3

program, terminal = pty.fork()
if program == 0:
    os.close(SIZES)
    os.execvp(sys.argv[1], sys.argv[1:])

sources = [TYPED, SIZES, terminal]
while True:
    ready, _, _ = select.select(sources, [], [])
    for source in ready:
        try:
            data = os.read(source, 65536)
        except OSError:  # the program has ended
            data = b""
        if source == terminal:
            if not data:
                code = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
                sys.exit(code if code >= 0 else 128 - code)
            os.write(SHOWN, data)
        elif not data:
            sources.remove(source)
        elif source == TYPED:
            os.write(terminal, data)
        else:
            rows, columns = data.split()[-2:]
            size = struct.pack("HHHH", int(rows), int(columns), 0, 0)
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
