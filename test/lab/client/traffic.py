"""Users of the cluster IP: a bounded rate of HTTP requests, each on a connection of its own.

Usage: traffic.py CLUSTER_IP REQUESTS_PER_SECOND COUNTS_FILE. Ends by itself after 12 hours at the latest.
"""

import concurrent.futures
import json
import os
import sys
import time
import urllib.request

URL = f"http://{sys.argv[1]}:3128/index.html?=20000"
RATE = min(float(sys.argv[2]), 500.0)
COUNTS_FILE = sys.argv[3]
LONGEST_S = 12 * 3600
AT_ONCE = 16


def ask(_):
    try:
        with urllib.request.urlopen(URL, timeout=1) as answer:
            return len(answer.read()) == 20000
    except OSError:
        return False


def main():
    counts = {"answered": 0, "failed": 0}
    end = time.monotonic() + LONGEST_S
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        while time.monotonic() < end:
            second_ends = time.monotonic() + 1
            for well in pool.map(ask, range(max(1, round(RATE)))):
                counts["answered" if well else "failed"] += 1
            with open(COUNTS_FILE + ".new", "w") as file:
                json.dump(counts, file)
            os.replace(COUNTS_FILE + ".new", COUNTS_FILE)
            time.sleep(max(0.0, second_ends - time.monotonic()))


main()
