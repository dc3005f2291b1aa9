import { existsSync } from 'node:fs';
import path from 'node:path';
import { systemEnvironment, tryCommand } from './system-command';

/** The commands a lab uses, and the Debian package that brings each. */
const packageOf: Record<string, string> = {
  ip: 'iproute2',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  bash: 'bash',
  ucarp: 'ucarp',
  keepalived: 'keepalived',
  snmpd: 'snmpd',
  snmptrap: 'snmp',
  nft: 'nftables',
  sysctl: 'procps',
  python3: 'python3',
};

/**
 * Says what keeps this machine from running a lab, in one sentence with what to do; null when nothing does.
 */
export async function missingForLab(): Promise<string | null> {
  if (process.platform !== 'linux') return 'The lab needs Linux: it is built from network namespaces.';
  if (process.getuid?.() !== 0) return 'The lab needs root, to make network namespaces. Run it with sudo.';
  const missing = Object.keys(packageOf).filter((command) => findCommand(command) === null);
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((command) => packageOf[command]))].join(' ');
    return `The lab needs ${missing.join(', ')}. On Debian: apt-get install -y --no-install-recommends ${packages}`;
  }
  const probe = await tryCommand('unshare', ['--net', '--mount', '--pid', '--uts', '--fork', 'true']);
  if (probe.code !== 0) {
    return `The lab needs network, mount and process namespaces, which this machine refuses: ${probe.stderr.trim()}`;
  }
  return null;
}

/** The Python that Debian ships, ahead of whatever a user's PATH puts before it. */
export function pythonCommand(): string {
  return existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
}

function findCommand(command: string): string | null {
  const folders = (systemEnvironment.PATH ?? '').split(':').filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, command)).find((file) => existsSync(file)) ?? null;
}
