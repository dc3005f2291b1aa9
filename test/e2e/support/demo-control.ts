import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { Heron } from './heron';

/** Asks a demo fleet for faults, as the welcome tour may. */
export class DemoControl {
  private constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  /** The fleet of a running app: its address is in the log, its token in the file that belongs to it. */
  static async of(heron: Heron): Promise<DemoControl> {
    const address = /demo fleet is ready.*?(http:\/\/127\.0\.0\.1:\d+)/;
    await expect.poll(() => heron.log(), { timeout: 60_000 }).toMatch(address);
    const url = address.exec(heron.log())?.[1] ?? '';
    return new DemoControl(
      url,
      readFileSync(path.join(heron.userData, 'demo', 'control-token'), 'utf8').trim(),
    );
  }

  /** Causes a fault; `edge` is a name, `@master` or `@backup`. Resolves to the names of the edges it hit. */
  async cause(fault: {
    kind: string;
    cluster: string;
    edge?: string;
    forSeconds?: number;
  }): Promise<string[]> {
    const { faults } = (await this.ask('POST', '/faults', fault)) as { faults: { edge?: string }[] };
    return faults.flatMap(({ edge }) => (edge === undefined ? [] : [edge]));
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
