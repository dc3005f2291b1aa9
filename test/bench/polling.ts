import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ranAsAgents, startAgents } from './polling/agents';
import { collect, round, type Collected } from './polling/collect';
import { edgeKinds, polledObjects } from './polling/edge-objects';
import { floorMicrosPerPoll } from './polling/floor';
import { measurePeer } from './polling/peer';

const longestPeerSeconds = 30;

/**
 * `npm run -s bench -- polling --json [--edges N] [--seconds S] [--kind one-arm|vendor] [--interval S] [--peer]`: the whole
 * pipeline on N SNMPv3 edges, one health poll each 10 s, agents in processes of their own on the same machine. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      edges: { type: 'string', default: '16000' },
      seconds: { type: 'string', default: '60' },
      kind: { type: 'string', default: edgeKinds[0] },
      interval: { type: 'string', default: '10' },
      peer: { type: 'boolean', default: false },
    },
  });
  const edges = Number(values.edges);
  const seconds = Number(values.seconds);
  const kind = edgeKinds.find((one) => one === values.kind);
  if (kind === undefined) throw new RangeError(`--kind is one of ${edgeKinds.join(', ')}.`);
  const agents = await startAgents(edges, kind, fileURLToPath(import.meta.url));
  try {
    const collected = await collect(agents.ports, agents.cpuMicros, {
      seconds,
      intervalMs: Number(values.interval) * 1000,
    });
    const floor = { floorMicrosPerPoll: round(await floorMicrosPerPoll()) };
    const result = { edges, ...collected, ...floor, ...(values.peer ? await beside(collected) : {}) };
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
  } finally {
    await agents.stop();
  }

  async function beside({ cpuMicrosPerPoll, pollsPerSecond }: Collected): Promise<object> {
    const objects = polledObjects(kind ?? edgeKinds[0]);
    const peerSeconds = Math.min(seconds, longestPeerSeconds);
    const peer = await measurePeer(agents.ports, objects, pollsPerSecond, peerSeconds);
    return {
      peerCpuMicrosPerPoll: round(peer.peerCpuMicrosPerPoll),
      ratio: Math.round((cpuMicrosPerPoll / peer.peerCpuMicrosPerPoll) * 1000) / 1000,
      peerPollsPerSecond: round(peer.peerPollsPerSecond),
      peerErrors: peer.peerErrors,
    };
  }
}

if (!(await ranAsAgents(process.argv.slice(2)))) await bench();
