import snmp from 'net-snmp';
import type { RawVarbind, Session } from 'net-snmp';
import { RunningDemo, type DemoSettings } from '../../../demo/running-demo';
import type { TruthEntry } from '../../../demo/fleet/truth';
import { demoPasswords } from '../../../monitor/secrets/demo-passwords';

/** A small demo fleet in this process, and everything it told. */
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

/** A real SNMPv3 client for one edge. */
export class EdgeClient {
  private readonly session: Session;

  constructor(port: number, passwords: { auth?: string; priv?: string; user?: string } = {}) {
    const user = {
      name: passwords.user ?? 'heron',
      level: snmp.SecurityLevel.authPriv,
      authProtocol: snmp.AuthProtocols['sha']!,
      authKey: passwords.auth ?? demoPasswords.HERON_DEMO_AUTH,
      privProtocol: snmp.PrivProtocols['aes']!,
      privKey: passwords.priv ?? demoPasswords.HERON_DEMO_PRIV,
    };
    this.session = snmp.createV3Session('127.0.0.1', user, { port, timeout: 400, retries: 1 });
  }

  /** The values of these objects; rejects with the client's error. */
  get(...oids: string[]): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.session.get(oids, (error, varbinds) => {
        if (error) reject(error);
        else resolve(varbinds.map(valueOf));
      });
    });
  }

  /** Everything under an identifier, by GETBULK. */
  async walk(root: string): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>();
    for (let from = root; ;) {
      const rows = await this.bulk(from);
      for (const varbind of rows) {
        if (!varbind.oid.startsWith(`${root}.`) || varbind.type === snmp.ObjectType['EndOfMibView'])
          return found;
        if (found.has(varbind.oid)) throw new Error(`The walk came to ${varbind.oid} twice`);
        found.set(varbind.oid, valueOf(varbind));
        from = varbind.oid;
      }
    }
  }

  close(): void {
    this.session.close();
  }

  private bulk(from: string): Promise<RawVarbind[]> {
    return new Promise((resolve, reject) => {
      this.session.getBulk([from], 0, 25, (error, varbinds) => {
        if (error) reject(error);
        else resolve(varbinds[0] ?? []);
      });
    });
  }
}

function valueOf(varbind: RawVarbind): unknown {
  const { type, value } = varbind;
  if (type === snmp.ObjectType['NoSuchObject'] || type === snmp.ObjectType['NoSuchInstance'])
    return undefined;
  if (type === snmp.ObjectType['Counter64'] && Buffer.isBuffer(value))
    return BigInt(`0x${value.toString('hex')}`);
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
