import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { canonicalAddress } from '../../domain/inventory/host-address';

/** A hosts file that lists every site twice over has a fraction of this. */
const maxBytes = 4 * 1024 * 1024;

/** Where the system keeps names and addresses that need no name server. */
const hostsFile =
  process.platform === 'win32'
    ? path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
    : '/etc/hosts';

/** The addresses of a name in the system's hosts file, in its order; none where the file cannot be read. */
export async function addressesInHostsFile(name: string, file = hostsFile): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.length > maxBytes ? [] : addressesOf(name, text);
}

/** The addresses of a name in the text of a hosts file (hosts(5)). */
export function addressesOf(name: string, text: string): string[] {
  const wanted = name.toLowerCase();
  const found = text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const canonical = names.some((one) => one.toLowerCase() === wanted) ? canonicalAddress(address) : null;
    return canonical === null ? [] : [canonical];
  });
  return [...new Set(found)];
}
