#!/usr/bin/env python3
"""Checks the chains of a copied Heron history, and prints an edge's samples: read-history.py FILE [EDGE]"""
import hashlib, itertools, sqlite3, sys, zlib

METRICS = {"latencyMs": 1000, "cpuPercent": 100, "swapPercent": 100, "sessions": 1, "proxyInBitsPerSecond": 1,
           "proxyOutBitsPerSecond": 1, "lbInBitsPerSecond": 1, "lbOutBitsPerSecond": 1}

def check_chain(db, table, genesis, prefix, content):
    before = hashlib.sha256(genesis.encode()).digest()
    for id, text, hash, previous in db.execute(f"SELECT id, {content}, hash, previous_hash FROM {table} ORDER BY id"):
        due = hashlib.sha256(f"{prefix}\n{id}\n{before.hex()}\n{text}".encode()).digest()
        if (hash, previous) != (due, before): sys.exit(f"{table} row {id} was changed, or one before it is missing")
        before = hash
    print(f"# {table}: whole, up to {before.hex()}")

def numbers(data, count, steps=0, at=0):  # a column's whole numbers, and where it ends
    values, value, delta = [], 0, 0
    for _ in range(count):
        number, shift = data[at] & 127, 7
        while data[at] > 127:
            at += 1
            number, shift = number | (data[at] & 127) << shift, shift + 7
        at, signed = at + 1, (number >> 1) ^ -(number & 1)
        delta = signed if steps == 1 else delta + signed
        value = value + delta if steps else number
        values.append(value)
    return values, at

def samples(body):  # a row for each sample: time, answered, then each metric's code or None
    (hour, rows, parts), at = numbers(body, 3, at=1)
    lengths, at = numbers(body, parts, at=at)
    for index, (start, length) in enumerate(zip(itertools.accumulate(lengths, initial=at), lengths)):
        flags, data = (body[start], body[start + 1:start + length]) if length else (8, bytes(rows))
        if flags & 4: data = zlib.decompress(data, -15)
        bitmap = (rows + 7) // 8 if flags & 8 else 0
        there = [data[row // 8] >> row % 8 & 1 if bitmap else 1 for row in range(rows)]
        codes = iter(numbers(data, sum(there), flags & 3, bitmap)[0])
        yield [next(codes) + (hour * 3600000 if index == 0 else 0) if known else None for known in there]
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro&immutable=1", uri=True)
history = db.execute("SELECT value FROM meta WHERE key = 'history-id'").fetchone()[0]
check_chain(db, "events", f"heron-history-1\n{history}", "heron-event-1", "body")
check_chain(db, "ledger", f"heron-ledger-genesis-1\n{history}", "heron-ledger-1",
            "at_ms || char(10) || kind || char(10) || body")
print("timeMs", "answered", *METRICS, sep=",")
chunks = "SELECT body, sha256 FROM chunks JOIN edges ON number = edge WHERE edges.id = ? ORDER BY hour, sealing"
for body, digest in db.execute(chunks, sys.argv[2:3] or [""]):
    if hashlib.sha256(body).digest() != digest: sys.exit("a chunk was changed")
    for time, answered, *codes in zip(*samples(body)):
        kept = [None if c is None else c if c < 1024 else c % 512 + 512 << c // 512 - 1 for c in codes]
        print(time, answered, *("" if v is None else v / per for v, per in zip(kept, METRICS.values())), sep=",")
