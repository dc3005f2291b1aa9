"""pass_persist for snmpd: the vendor's objects, OPENBSD-CARP-MIB's carpIfTable and the edge's own hrSystemUptime
(the kernel's would be the whole machine's). Usage: objects.py EDGE_FOLDER
"""

import json
import pathlib
import sys
import time

FOLDER = pathlib.Path(sys.argv[1])
CARP_STATES = {"init": 0, "backup": 1, "master": 2}


def oid(text):
    return tuple(int(part) for part in text.strip(".").split("."))


def objects():
    """Every object as (OID, type, value), in MIB order."""
    edge = json.loads((FOLDER / "edge.json").read_text())
    vendor = json.loads((FOLDER / "vendor.json").read_text())
    role = (FOLDER / "role").read_text().strip()
    booted_at_us = int((FOLDER / "booted-at-us").read_text())
    carp = ".1.3.6.1.4.1.30155.6.2.2.1"
    found = [
        (".1.3.6.1.2.1.25.1.1.0", "timeticks", (time.time_ns() // 1000 - booted_at_us) // 10_000),
        (".1.3.6.1.4.1.46262.4.2.1.12.1", "integer", vendor["cpuHundredths"]),
        (".1.3.6.1.4.1.46262.6.2.1.11.1", "integer", vendor["swapHundredths"]),
        (".1.3.6.1.4.1.46262.9.2.1.2.1", "string", edge["name"]),
        (".1.3.6.1.4.1.46262.9.2.1.5.1", "integer", vendor["caConnectivity"]),
        (".1.3.6.1.4.1.46262.9.2.1.6.1", "integer", vendor["loggingConnectivity"]),
        (".1.3.6.1.4.1.30155.6.2.1.0", "integer", 1),
        (carp + ".1.1", "integer", 1),
        (carp + ".2.1", "string", "carp0"),
        (carp + ".3.1", "integer", edge["vhid"]),
        (carp + ".4.1", "string", "lb"),
        (carp + ".5.1", "integer", edge["advbase"]),
        (carp + ".6.1", "integer", edge["advskew"]),
        (carp + ".7.1", "integer", CARP_STATES[role]),
    ]
    return sorted((oid(name), kind, value) for name, kind, value in found)


def answer(command, wanted):
    for name, kind, value in objects():
        if name == wanted if command == "get" else name > wanted:
            return ["." + ".".join(map(str, name)), kind, str(value)]
    return ["NONE"]


def main():
    for line in iter(sys.stdin.readline, ""):
        command = line.strip().lower()
        if command == "ping":
            reply = ["PONG"]
        elif command in ("get", "getnext"):
            reply = answer(command, oid(sys.stdin.readline()))
        else:
            # A set brings two more lines; nothing here can be written.
            sys.stdin.readline()
            sys.stdin.readline()
            reply = ["not-writable"]
        print("\n".join(reply), flush=True)


main()
