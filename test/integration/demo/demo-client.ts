import { RunningDemo, type DemoSettings } from '../../../demo/running-demo';
import type { TruthEntry } from '../../../demo/fleet/truth';
import { demoPasswords } from '../../../monitor/secrets/demo-passwords';
import { SnmpSession } from '../../../monitor/snmp/client/session';
import { SharedSockets } from '../../../monitor/snmp/client/shared-sockets';
import type { UsmUser } from '../../../monitor/snmp/codec/usm-keys';
import { asnType, isAbsent, isUnder, type Varbind } from '../../../monitor/snmp/codec/varbind';

const deadlineMs = 800;

/** A small demo fleet in this process, and everything it reported. */
export interface TestDemo {
  demo: RunningDemo;
  truth: TruthEntry[];
}

/** Starts a fleet of two clusters and a standalone edge, without a script. */
export async function startTestDemo(settings: Partial<DemoSettings> = {}): Promise<TestDemo> {
  const truth: TruthEntry[] = [];
  const demo = await RunningDemo.start({
    seed: 4,
    clusters: 2,
    directory: undefined,
    controlPort: 0,
    script: [],
    scriptSpeed: 1,
    passwords: demoPasswords,
    onTruth: (entry) => truth.push(entry),
    onProblem: (words) => {
      throw new Error(words);
    },
    ...settings,
  });
  return { demo, truth };
}

/** The product's SNMPv3 client for one edge: its codec is not the demo agent's. */
export class EdgeClient {
  private readonly session: SnmpSession;

  constructor(port: number, passwords: { auth?: string; priv?: string; user?: string } = {}) {
    const user: UsmUser = {
      name: passwords.user ?? 'heron',
      level: 'authPriv',
      auth: { protocol: 'sha1', password: passwords.auth ?? demoPasswords.HERON_DEMO_AUTH },
      priv: { protocol: 'aes128', password: passwords.priv ?? demoPasswords.HERON_DEMO_PRIV },
    };
    const peer = { address: '127.0.0.1', port };
    this.session = new SnmpSession(peer, `127.0.0.1:${port}`, { kind: 'v3', user }, new SharedSockets());
  }

  /** The values of these objects; rejects with an SnmpFailure. */
  async get(...oids: string[]): Promise<unknown[]> {
    return (await this.session.get(oids, performance.now() + deadlineMs)).map(valueOf);
  }

  /** Everything under an identifier, by GETBULK. */
  async walk(root: string): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>();
    for (let from = root; ;) {
      const [rows = []] = await this.session.getBulk([from], 25, performance.now() + deadlineMs);
      for (const varbind of rows) {
        if (!isUnder(varbind.oid, root) || isAbsent(varbind)) return found;
        if (found.has(varbind.oid)) throw new Error(`The walk came to ${varbind.oid} twice`);
        found.set(varbind.oid, valueOf(varbind));
        from = varbind.oid;
      }
    }
  }

  close(): void {
    this.session.end();
  }
}

function valueOf(varbind: Varbind): unknown {
  const { type, value } = varbind;
  if (isAbsent(varbind)) return undefined;
  if (type === asnType.counter64 && Buffer.isBuffer(value)) return BigInt(`0x${value.toString('hex')}`);
  return Buffer.isBuffer(value) ? value.toString('utf8') : value;
}

/** Asks again and again until an answer fits; rejects with the last answer at the deadline. */
export async function until<T>(
  ask: () => Promise<T>,
  fits: (answer: T) => boolean,
  deadlineMs: number,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (performance.now() > end)
      throw new Error(`Not within ${deadlineMs} ms; last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
