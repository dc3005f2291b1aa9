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

def predicted(data, count, at=0):  # a predicted column's numbers, and where it ends
    head = data[at]
    (*slope, value), at = numbers(data, 2 if head & 16 else 1, at=at + 1)
    values = [(value >> 1) ^ -(value & 1)] * (count if head & 8 else 1)
    if not head & 8:
        (spread,), at = numbers(data, 1, at=at)
        bits, bit, average = "".join(f"{byte:08b}" for byte in data[at:]), 0, values[0] << 8
        while len(values) < count:
            k, ones = max(1, spread >> 4).bit_length() - 1, len(bits[bit:bit + 14]) - len(bits[bit:bit + 14].lstrip("1"))
            k, bit = min(k, 16), bit + min(ones + 1, 14)
            length = k if ones < 14 else int(bits[bit:bit + 5], 2)
            bit += 0 if ones < 14 else 5
            residual = int(bits[bit:bit + length] or "0", 2) + (ones << k if ones < 14 else 0)
            bit += length
            values.append((average + 128 >> 8) + ((residual >> 1) ^ -(residual & 1)))
            average += (values[-1] << 8) - average >> (head & 7 if ones < 14 else 0)
            spread += min(residual, 14 << k) - (spread >> 4)
        at += (bit + 7) // 8
    return [value + row * sum(slope) for row, value in enumerate(values)], at

def in_runs(runs, rows):  # rows in and out in turn; the last run is not written
    ends = [*itertools.accumulate(runs), rows]
    return [next(place for place, end in enumerate(ends) if row < end) % 2 == 0 for row in range(rows)]
def samples_2(hour, rows, sections):
    yield [hour * 3600000 + time for time in predicted(sections[0], rows)[0]]
    runs, at = [], 0
    while at < len(sections[1]):
        (run,), at = numbers(sections[1], 1, at=at)
        runs.append(run)
    answered, columns = in_runs(runs, rows), []
    yield [int(one) for one in answered]
    for data in sections[2:]:
        there, head, at, last = [False] * rows if not data else answered if data[0] & 3 == 1 else [True] * rows, data[:1] or b"\0", 1, 0
        if head[0] & 3 == 2:
            (runs,), at = numbers(data, 1, at=at)
            runs, at = numbers(data, runs, at=at)
            there = in_runs(runs, rows)
        (other,), at = numbers(data, 1, at=at) if head[0] & 4 else ([None], at)
        codes, column = iter(predicted(data, sum(there), at)[0] if any(there) else []), []
        for row, known in enumerate(there):
            if other is not None and columns[other][row] is not None: last = columns[other][row]
            column.append(next(codes) + last if known else None)
        columns.append(column)
        yield column

def samples_1(hour, rows, sections):
    for index, section in enumerate(sections):
        flags, data = (section[0], section[1:]) if section else (8, bytes(rows))
        if flags & 4: data = zlib.decompress(data, -15)
        bitmap = (rows + 7) // 8 if flags & 8 else 0
        there = [data[row // 8] >> row % 8 & 1 if bitmap else 1 for row in range(rows)]
        codes = iter(numbers(data, sum(there), flags & 3, bitmap)[0])
        yield [next(codes) + (hour * 3600000 if index == 0 else 0) if known else None for known in there]

def samples(body):  # a row for each sample: time, answered, then each metric's code or None
    (hour, rows, parts), at = numbers(body, 3, at=1)
    lengths, at = numbers(body, parts, at=at)
    sections = [body[start:start + length] for start, length in zip(itertools.accumulate(lengths, initial=at), lengths)]
    return (samples_1 if body[0] == 1 else samples_2)(hour, rows, sections)

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
