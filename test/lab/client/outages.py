"""A user of the cluster IP who never stops: a new connection every 20 ms, and a line for each with its start and its outcome.

Usage: outages.py CLUSTER_IP OUTCOMES_FILE. A line is the start in UTC milliseconds and 1 (accepted) or 0. The time-out is below the second
after which the system would repeat the request, so that a connection counts for the moment it was asked for. Ends by itself after an hour.
"""

import concurrent.futures
import socket
import struct
import sys
import time

CLUSTER_IP, OUTCOMES_FILE = sys.argv[1], sys.argv[2]
PORT = 3128
STEP_S = 0.02
TIMEOUT_S = 0.3
LONGEST_S = 3600
RESET = struct.pack("ii", 1, 0)


def connect(out):
    started = time.time()
    with socket.socket() as user:
        user.settimeout(TIMEOUT_S)
        try:
            user.connect((CLUSTER_IP, PORT))
            # A reset leaves no connection behind.
            user.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            accepted = 1
        except OSError:
            accepted = 0
    out.write(f"{started * 1000:.1f} {accepted}\n")
    out.flush()


def main():
    end = time.monotonic() + LONGEST_S
    with concurrent.futures.ThreadPoolExecutor(32) as pool, open(OUTCOMES_FILE, "w") as out:
        due = time.monotonic()
        while due < end:
            pool.submit(connect, out)
            due += STEP_S
            time.sleep(max(0.0, due - time.monotonic()))


main()
