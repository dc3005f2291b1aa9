/** A dotted IPv4 address as a number, so that .9 sorts before .10; anything else sorts as text. */
export function ipNumber(address: string): number | string {
  const bytes = address.split('.').map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255))
    return address;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
