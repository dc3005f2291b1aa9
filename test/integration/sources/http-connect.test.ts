import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AddressResolver } from '../../../monitor/names/address-resolver';
import { HttpSource } from '../../../monitor/http/http-source';
import { silentByChoice } from '../../fixtures/sources/edges';

/** Listens on loopback and prints its port; then it is stopped, so that connections stay in its short queue. */
const program = `const server = require('node:net').createServer();
server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => console.log(server.address().port));`;

/** How long a connection is given to come about before it counts as kept waiting. */
const connectsWithinMs = 300;

describe('a host that never takes the connection', () => {
  let child: ChildProcess | null = null;
  const fillers: Socket[] = [];
  afterEach(() => {
    for (const filler of fillers.splice(0)) filler.destroy();
    child?.kill('SIGKILL');
  });

  /** A port whose queue is full: the kernel drops what asks to connect, as a host behind a cut link does. */
  async function fullPort(): Promise<number> {
    child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    child.kill('SIGSTOP');
    const port = Number(line.toString());
    for (let i = 0; i < 20; i++) {
      const filler = connect(port, '127.0.0.1').on('error', () => undefined);
      fillers.push(filler);
      const waiting = new Promise<'full'>((resolve) => setTimeout(() => resolve('full'), connectsWithinMs));
      if ((await Promise.race([once(filler, 'connect'), waiting])) === 'full') return port;
    }
    throw new Error('The queue of connections does not fill up.');
  }

  it('is given up at the deadline, again and again', async () => {
    const port = await fullPort();
    const source = new HttpSource(new AddressResolver());
    const silent = { ...silentByChoice('page'), http: { url: `http://127.0.0.1:${port}/index.html?=100` } };
    for (let round = 0; round < 2; round++) {
      const startedAt = performance.now();
      expect(await source.read(silent, 500)).toMatchObject({ outcome: 'unreachable', code: 'timeout' });
      expect(performance.now() - startedAt).toBeLessThan(1_500);
    }
    await source.close();
  });
});
