/**
 * OIDs as encoded (X.690 section 8.19) and as text. Agents of one kind have the same OIDs: thousands of edges share one copy of
 * each, both ways. Bounded.
 */
const maxKnown = 20_000;
const maxSubIdentifiers = 128;
const bytesOf = new Map<string, Buffer>();
const textOf = new Map<string, string>();

/** An OID's content. @throws RangeError when it is none */
export function oidBytes(oid: string): Buffer {
  const known = bytesOf.get(oid);
  if (known) return known;
  const [first = -1, second = -1, ...rest] = oid.split('.').map(Number);
  const numbers = [first * 40 + second, ...rest];
  const wrong = first < 0 || first > 2 || second < 0 || (first < 2 && second > 39) || rest.length > 126;
  if (wrong || numbers.some((one) => !Number.isInteger(one) || one < 0 || one >= 2 ** 32)) {
    throw new RangeError(`Not an OID: ${oid}.`);
  }
  const octets = numbers.flatMap((part) => {
    const groups = [part % 128];
    for (let high = Math.floor(part / 128); high > 0; high = Math.floor(high / 128))
      groups.unshift(0x80 | (high % 128));
    return groups;
  });
  const made = Buffer.from(octets);
  if (bytesOf.size >= maxKnown) bytesOf.clear();
  bytesOf.set(oid, made);
  return made;
}

/** The text of the OID at `from`..`to` of a packet, without a leading dot; null when it is none. */
export function oidText(packet: Buffer, from: number, to: number): string | null {
  const key = packet.toString('latin1', from, to);
  const known = textOf.get(key);
  if (known !== undefined) return known;
  const made = decode(packet, from, to);
  if (made === null) return null;
  if (textOf.size >= maxKnown) textOf.clear();
  textOf.set(key, made);
  return made;
}

function decode(packet: Buffer, from: number, to: number): string | null {
  const parts: number[] = [];
  let value = 0;
  let open = false;
  for (let at = from; at < to; at += 1) {
    const byte = packet[at] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (value >= 2 ** 32 || parts.length >= maxSubIdentifiers) return null;
    open = byte >= 0x80;
    if (open) continue;
    if (parts.length === 0) {
      const root = value < 40 ? 0 : value < 80 ? 1 : 2;
      parts.push(root, value - root * 40);
    } else parts.push(value);
    value = 0;
  }
  return open || parts.length === 0 ? null : parts.join('.');
}
