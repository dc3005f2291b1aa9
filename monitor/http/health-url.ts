/** The vendor's health page: its responder answers as many bytes as the query asks for. */
export function defaultHealthUrl(proxyIp: string): string {
  return `http://${proxyIp}:3128/index.html?=100`;
}

/** Largest body a URL can ask for. */
const maxExpectedBytes = 16 * 1024 * 1024;

/** The body size a health URL asks for (`?=100`), in bytes, or null when it names none. */
export function expectedBodyBytes(url: URL): number | null {
  const match = /^\?=(\d{1,9})$/.exec(url.search);
  const bytes = match ? Number(match[1]) : null;
  return bytes !== null && bytes <= maxExpectedBytes ? bytes : null;
}
