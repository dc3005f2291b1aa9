import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { HeronProcess } from './heron-watch';

const readySchema = z.object({
  inventory: z.string(),
  control: z.object({ url: z.string(), tokenFile: z.string() }),
});
const fleetSchema = z.object({
  clusters: z.array(
    z.object({
      name: z.string(),
      standalone: z.boolean(),
      edges: z.array(z.object({ name: z.string() })),
    }),
  ),
});
const truthSchema = z.object({
  nowMs: z.number(),
  completeSinceMs: z.number(),
  roles: z.array(
    z.object({
      atMs: z.number(),
      cluster: z.string(),
      edge: z.string(),
      to: z.enum(['init', 'backup', 'master']),
      reason: z.string(),
    }),
  ),
  masters: z.record(z.string(), z.array(z.string())),
});
export type DemoTruth = z.infer<typeof truthSchema>;

/** The demo fleet as a process of its own, and its control API. */
export class DemoFleetProcess {
  /** The longest the fleet took to answer the control API: longer than some ms, and it lacks processor time. */
  slowestAnswerMs = 0;

  private constructor(
    private readonly process: HeronProcess,
    readonly inventory: string,
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Starts a fleet without a script. Rejects when it is not ready within half a minute. */
  static async start(seed: number, clusters: number, more: readonly string[]): Promise<DemoFleetProcess> {
    let ready: z.infer<typeof readySchema> | null = null;
    const args = [
      'demo',
      '--seed',
      String(seed),
      '--clusters',
      String(clusters),
      '--script',
      'none',
      ...more,
    ];
    const process = new HeronProcess(args, {}, (line) => {
      if (line.type === 'demo-ready') ready = readySchema.parse(line);
    });
    const end = performance.now() + 30_000;
    while (ready === null) {
      if (process.gone || performance.now() > end) {
        await process.end();
        throw new Error(`The demo fleet does not start. ${process.stderr}`);
      }
      await delay(50);
    }
    const { inventory, control } = ready as z.infer<typeof readySchema>;
    return new DemoFleetProcess(process, inventory, control.url, await readFile(control.tokenFile, 'utf8'));
  }

  /** Clusters with an LB each, by name, with their edges' names. */
  async clusters(): Promise<Map<string, string[]>> {
    const { clusters } = fleetSchema.parse(await this.ask('GET', '/fleet'));
    return new Map(
      clusters
        .filter(({ standalone }) => !standalone)
        .map(({ name, edges }) => [name, edges.map((edge) => edge.name)]),
    );
  }

  /** What truly happened since a time. */
  async truth(sinceMs: number): Promise<DemoTruth> {
    return truthSchema.parse(await this.ask('GET', `/truth?since=${Math.floor(sinceMs)}`));
  }

  /** Causes a fault, or ends some. */
  async request(fault: { kind: string; cluster: string; edge?: string; forSeconds?: number }): Promise<void> {
    await this.ask('POST', '/faults', fault);
  }

  /** Processor time it has used, seconds. */
  get cpuSeconds(): number {
    return this.process.cpuSeconds;
  }

  end(): Promise<void> {
    return this.process.end();
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    const startedMs = performance.now();
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
    });
    const answer: unknown = await response.json();
    this.slowestAnswerMs = Math.max(this.slowestAnswerMs, Math.round(performance.now() - startedMs));
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
}
