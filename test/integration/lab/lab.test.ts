import { createSocket } from 'node:dgram';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../lab/edge';
import { allEdges } from '../../lab/plan';
import { processesNaming } from '../../lab/processes';
import { readRecord } from '../../lab/record';
import { leftoversOf } from '../../lab/teardown';
import { trafficCounts } from '../../lab/traffic';
import { isRoleLine } from '../../lab/truth';
import { ask, mastersBySnmp, oid } from './edge-agent';
import { useLab } from './running-lab';

const trapPort = 10_162;

describe('the real lab', () => {
  const lab = useLab({ edges: 3, trafficPerSecond: 10, trapPort });
  const master = 'lab-c1-e1';
  const heir = 'lab-c1-e2';
  const mastersAre = async (...names: string[]): Promise<boolean> =>
    (await mastersBySnmp(lab())).join() === names.join();

  /** Every test begins with a healthy lab and the preferred LB as master. */
  const settle = async (): Promise<void> => {
    await lab().restore();
    await waitFor(() => mastersAre(master), 20_000, 'the preferred LB does not become the one master');
  };

  it('has exactly one master: by SNMP, both ways, and in the ground truth', async () => {
    expect(await mastersBySnmp(lab())).toEqual([master]);
    expect(lab().master()).toBe(master);
    for (const { name } of allEdges(lab().plan)) {
      const answer = await ask(lab(), name, [
        oid.sysName,
        oid.carpExtend,
        oid.carpIfState,
        oid.caConnectivity,
      ]);
      const [state, word] = name === master ? [2, 'MASTER'] : [1, 'BACKUP'];
      expect(answer).toEqual([
        name,
        expect.stringMatching(`^carp: ${word} vhid 1 advbase 1 advskew \\d+$`),
        state,
        3,
      ]);
    }
  });

  it('spreads the users over all edges, which answer them directly', async () => {
    const { plan } = lab();
    const [cluster] = plan.clusters;
    const outOctets = (): Promise<number[]> =>
      Promise.all(
        cluster!.edges.map(async ({ name }) => Number((await ask(lab(), name, [oid.proxyOutOctets]))?.[0])),
      );
    const before = await outOctets();
    // 100 answers of 20,000 octets: every edge has sent its part by its own proxy interface.
    const grew = async (): Promise<boolean> =>
      (await outOctets()).every((octets, i) => octets > (before[i] ?? Infinity) + 100_000);
    await waitFor(grew, 25_000, 'not every edge answers users');
    expect(trafficCounts(plan, cluster!)?.answered).toBeGreaterThan(30);
  });

  it('elects another master when the LB is killed, sends a trap, and goes back when it returns', async () => {
    await settle();
    const trapFrom = trapSenders(lab().plan.clusters[0]!.pollerIp);
    const [cluster] = lab().plan.clusters;
    const failedBefore = trafficCounts(lab().plan, cluster!)!.failed;
    const killedAtMs = Date.now();
    expect(await lab().fault('lb-dies')).toBe(master);
    await waitFor(() => mastersAre(heir), 15_000, 'no new master by SNMP');
    const edge = allEdges(lab().plan).find(({ name }) => name === master)!;
    await waitFor(() => trapFrom.addresses.has(edge.managementIp), 5000, 'no trap');
    trapFrom.close();
    await waitFor(() => lab().history().failovers.length > 0, 10_000, 'no failover in the truth');
    const [failover] = lab().history().failovers;
    expect(failover).toMatchObject({ from: master, to: heir });
    expect(failover!.lastMasterMs).toBeGreaterThanOrEqual(killedAtMs);
    // Three missed advertisements of a second, and a little.
    expect(failover!.gapMs).toBeGreaterThan(1000);
    expect(failover!.gapMs).toBeLessThan(8000);

    expect(trafficCounts(lab().plan, cluster!)!.failed).toBeGreaterThan(failedBefore);

    await lab().restore();
    await waitFor(() => mastersAre(master), 15_000, 'the preferred LB does not take back');
    await waitFor(() => lab().history().failovers.length > 1, 10_000, 'no failback in the truth');
    expect(lab().history().failovers[1]).toMatchObject({ from: heir, to: master });
  }, 60_000);

  it('has two masters while it is split, and one after', async () => {
    await settle();
    const moves = lab().history().failovers.length;
    await lab().fault('split');
    await waitFor(() => mastersAre(master, heir), 15_000, 'no second master');
    await lab().restore();
    await waitFor(() => mastersAre(master), 15_000, 'two masters for good');
    const { splits, failovers } = lab().history();
    expect(splits.some(({ edges, toMs }) => edges.includes(heir) && toMs !== null)).toBe(true);
    expect(failovers).toHaveLength(moves);
  }, 60_000);

  it('reboots: the uptime starts again and the engine counts its boots', async () => {
    await settle();
    const before = await ask(lab(), heir, [oid.engineBoots, oid.hrSystemUptime]);
    await lab().fault('reboot', heir, 2);
    await waitFor(
      async () => (await ask(lab(), heir, [oid.sysName])) !== null,
      10_000,
      'no answer after the reboot',
    );
    const after = await ask(lab(), heir, [oid.engineBoots, oid.hrSystemUptime]);
    expect(after![0]).toBe(Number(before![0]) + 1);
    expect(after![1]).toBeLessThan(Number(before![1]));
  }, 60_000);

  it('is cut off from its users and still managed, or the other way round', async () => {
    await settle();
    const backup = 'lab-c1-e3';
    await lab().fault('management-cut', backup);
    expect(await ask(lab(), backup, [oid.sysName])).toBeNull();
    await lab().restore(backup);
    await waitFor(
      async () => (await ask(lab(), backup, [oid.sysName])) !== null,
      5000,
      'management stays away',
    );
    await lab().fault('link-cut', master);
    await waitFor(() => lab().master() === heir, 15_000, 'nobody takes over from the cut-off LB');
    expect(await ask(lab(), master, [oid.sysName])).toEqual([master]);
  }, 60_000);

  it("tells the truth that ucarp's own log tells", () => {
    for (const edge of allEdges(lab().plan)) {
      const log = readFileSync(path.join(edge.folder, 'ucarp.log'), 'utf8');
      const logged = [...log.matchAll(/^(\S+): \[\w+\] Switching to state: (MASTER|BACKUP)$/gm)].map(
        ([, at, role]) => ({
          role: role!.toLowerCase(),
          timeMs: Date.parse(`${at}Z`),
        }),
      );
      const told = lab()
        .truth()
        .filter(isRoleLine)
        .filter((line) => line.edge === edge.name && line.role === 'master');
      expect(logged.length).toBeGreaterThan(0);
      for (const { timeMs } of told) {
        const nearest = logged
          .filter(({ role }) => role === 'master')
          .map((line) => Math.abs(line.timeMs - timeMs));
        expect(Math.min(...nearest)).toBeLessThan(500);
      }
    }
  });

  it('leaves nothing behind: no namespace, process, interface, route or file', async () => {
    const { id, folder } = lab().plan;
    expect((await leftoversOf(id)).namespaces).toHaveLength(5);
    expect(processesNaming(folder).length).toBeGreaterThan(3);
    await lab().down();
    expect(await leftoversOf(id)).toEqual({ namespaces: [], interfaces: [], routes: [] });
    expect(processesNaming(folder)).toEqual([]);
    expect([existsSync(folder), readRecord(id)]).toEqual([false, null]);
  });
});

/** Who sends datagrams to the trap port. */
function trapSenders(address: string): { addresses: Set<string>; close: () => void } {
  const addresses = new Set<string>();
  const socket = createSocket('udp4', (_, { address: sender }) => addresses.add(sender));
  socket.bind(trapPort, address);
  return { addresses, close: () => socket.close() };
}
