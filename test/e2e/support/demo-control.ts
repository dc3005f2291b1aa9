import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { trueHistory, type TrueFailover } from '../../lab/true-history';
import type { Heron } from './heron';

/** Client of a demo fleet's control API. */
export class DemoControl {
  private constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  /** Control of a running app's fleet: its address is in the log, its token in the user data. */
  static async of(heron: Heron): Promise<DemoControl> {
    const address = /demo fleet is ready.*?(http:\/\/127\.0\.0\.1:\d+)/;
    await expect.poll(() => heron.log(), { timeout: 60_000 }).toMatch(address);
    const url = address.exec(heron.log())?.[1] ?? '';
    return new DemoControl(
      url,
      readFileSync(path.join(heron.userData, 'demo', 'control-token'), 'utf8').trim(),
    );
  }

  /** Causes a fault; `edge` is a name, `@master` or `@backup`. Resolves to the names of the affected edges. */
  async cause(fault: {
    kind: string;
    cluster: string;
    edge?: string;
    forSeconds?: number;
  }): Promise<string[]> {
    const { faults } = (await this.ask('POST', '/faults', fault)) as { faults: { edge?: string }[] };
    return faults.flatMap(({ edge }) => (edge === undefined ? [] : [edge]));
  }

  /** A cluster's true failovers so far, from the fleet's own log of role changes. */
  async failovers(cluster: string): Promise<TrueFailover[]> {
    const { nowMs, roles } = (await this.ask('GET', '/truth')) as {
      nowMs: number;
      roles: { atMs: number; cluster: string; edge: string; from: string; to: string }[];
    };
    const changes = roles.filter((change) => change.cluster === cluster);
    // The log begins with the first change, which also gives the role before it.
    const begun = changes
      .filter(({ edge }, index) => changes.findIndex((change) => change.edge === edge) === index)
      .map(({ edge, from }) => ({ timeMs: 0, edge, role: from }));
    const since = changes.map(({ atMs, edge, to }) => ({ timeMs: atMs, edge, role: to }));
    return trueHistory([...begun, ...since], nowMs).failovers;
  }

  /** Ends every fault. */
  async restore(): Promise<void> {
    await this.ask('DELETE', '/faults');
  }

  private async ask(method: string, where: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.url + where, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
