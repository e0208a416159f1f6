"""Runs a command at a terminal of its own and types an answer, the next argument, whenever it has asked: a line that ends
with a colon and a blank. Prints all that the terminal showed, and ends as the command did.

usage: terminal.py ANSWER... -- COMMAND...
"""

import os
import pty
import sys

end = sys.argv.index("--")
answers, command = sys.argv[1:end], sys.argv[end + 1 :]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
shown = b""
while True:
    try:
        read = os.read(terminal, 4096)
    except OSError:  # Linux says so that nobody has it open any more.
        break
    if not read:
        break
    shown += read
    if shown.endswith(b": ") and answers:
        os.write(terminal, answers.pop(0).encode() + b"\n")
sys.stdout.write(shown.decode().replace("\r\n", "\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
