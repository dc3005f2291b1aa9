/** An IPv4 address as a number 0..2^32-1, or null when `text` is not one in dotted decimals (RFC 6943 section 3.1.1, strict form). */
export function parseIpv4(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return null;
  let value = 0;
  for (const part of match.slice(1)) {
    const byte = Number(part);
    if (byte > 255 || (part.length > 1 && part.startsWith('0'))) return null;
    value = value * 256 + byte;
  }
  return value;
}

/** Length of a contiguous subnet mask (RFC 950), 0..32, or null when `text` is not one. */
export function maskLength(text: string): number | null {
  const mask = parseIpv4(text);
  if (mask === null) return null;
  const length = mask.toString(2).padStart(32, '0').indexOf('0');
  const bits = length === -1 ? 32 : length;
  return mask === 2 ** 32 - 2 ** (32 - bits) ? bits : null;
}

/** Whether two addresses are in one subnet of the given mask. False when any of the three is not valid. */
export function sameSubnet(a: string, b: string, mask: string): boolean {
  const first = parseIpv4(a);
  const second = parseIpv4(b);
  const bits = maskLength(mask);
  if (first === null || second === null || bits === null) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(first / size) === Math.floor(second / size);
}

/** Whether an address is a loopback one (127.0.0.0/8, RFC 1122 section 3.2.1.3). */
export function isLoopback(text: string): boolean {
  const value = parseIpv4(text);
  return value !== null && Math.floor(value / 2 ** 24) === 127;
}

/** Whether `text` is an address one host can have: not 0.0.0.0/8, multicast, reserved or broadcast (RFC 6890). */
export function isHostAddress(text: string): boolean {
  const value = parseIpv4(text);
  if (value === null) return false;
  const firstByte = Math.floor(value / 2 ** 24);
  return firstByte >= 1 && firstByte <= 223;
}

/** The subnet an address is in, as its first address, or null when address or mask is not valid. */
export function subnetOf(address: string, mask: string): number | null {
  const value = parseIpv4(address);
  const bits = maskLength(mask);
  if (value === null || bits === null) return null;
  const size = 2 ** (32 - bits);
  return Math.floor(value / size) * size;
}

/** An address in dotted decimals. */
export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
