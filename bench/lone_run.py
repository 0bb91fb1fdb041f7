"""Runs a command, and prints the seconds that it took and the most memory that it had, in MiB.

The kernel counts what a process had at most to the memory of whom it starts. So nobody starts what is measured but
this small one, whatever bench/run or a test has read before.

    lone_run.py COMMAND [ARGUMENT...]
"""

import os
import sys
import time

nothing = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)  # nobody reads what the command prints
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[nothing])
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - start, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
