import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptedCount, clientOutages, startClient, type ClientOutage } from '../../lab/client-outages';
import { waitFor } from '../../lab/edge';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import type { Lab } from '../../lab/real-lab';
import { missingForLab } from '../../lab/requirements';
import { RunningHeron, type Line } from '../cli/running-heron';
import { useLab } from './running-lab';

const [first, second] = ['lab-c1-e1', 'lab-c1-e2'];
/** The client connects every 20 ms, and a busy machine is late. */
const clientAccuracyMs = 100;
const agreementMs = 500;
const probeIntervalMs = 250;

interface Bounds {
  atLeast: number;
  atMost: number;
}

/** What Heron's probe measures of real take-overs, judged by a user who never stops connecting. */
describe('the probe of the cluster IP on the real lab', () => {
  const lab = useLab({ edges: 3 });
  let heron: RunningHeron | null = null;
  beforeAll(async () => {
    if ((await missingForLab()) !== null) return;
    const { plan } = lab();
    startClient(plan, plan.clusters[0]!);
    await waitFor(() => acceptedCount(plan, plan.clusters[0]!) > 50, 20_000, 'no user is served');
    heron = new RunningHeron(['watch', '--inventory', inventoryWithProbe(lab())], lab().environment);
    const up = (line: Line): boolean => line.type === 'cluster-state' && line['to'] === 'up';
    await heron.line('a cluster that is up', up, 30_000);
    // A probe counts only once it has worked, and no line shows that: twenty are due by then, also on a busy machine.
    await setTimeout(20 * probeIntervalMs);
  }, 60_000);
  afterAll(() => heron?.kill());

  /** Makes something happen that moves the role; what Heron and the client measured of it. */
  async function measured(act: () => Promise<unknown>, from: string, to: string): Promise<[Bounds, number]> {
    const { plan } = lab();
    const outagesOf = (): ClientOutage[] => clientOutages(plan, plan.clusters[0]!);
    const [linesBefore, outagesBefore] = [heron!.lines.length, outagesOf().length];
    const actedMs = Date.now();
    await act();
    const isNew = (line: Line): boolean => heron!.lines.indexOf(line) >= linesBefore;
    const move = await heron!.line(
      `a move from ${from} to ${to}`,
      (line) => isNew(line) && line['from'] === from && line['to'] === to,
      20_000,
    );
    expect(['failover', 'failback']).toContain(move.type);
    const known = move['usersGapMs'] as Bounds | undefined;
    // Not one of the failback before, which may be printed late.
    const isOfMove = (line: Line): boolean =>
      line.type === 'users-gap' && endMsOf(line) >= Math.max(actedMs, Date.parse(lastOldOf(move)));
    const gap =
      known ??
      ((await heron!.line('users-gap', (line) => isNew(line) && isOfMove(line)))['usersGapMs'] as Bounds);
    const nowMs = Date.now();
    // Every connection that was begun until now has ended.
    await waitFor(() => acceptedCount(plan, plan.clusters[0]!) > 0 && Date.now() > nowMs + 500, 2_000, '');
    const truly = outagesOf()
      .slice(outagesBefore)
      .filter(({ toMs }) => toMs >= actedMs)
      .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    console.info(
      `${move.type} to ${to}: ${gap.atLeast} to ${gap.atMost} ms; the client ${Math.round(truly)} ms`,
    );
    return [gap, truly];
  }

  function expectAgreement([{ atLeast, atMost }, truly]: [Bounds, number]): void {
    expect(truly).toBeGreaterThanOrEqual(atLeast - clientAccuracyMs);
    expect(truly).toBeLessThanOrEqual(atMost + clientAccuracyMs);
    expect(Math.abs((atLeast + atMost) / 2 - truly)).toBeLessThanOrEqual(agreementMs);
  }

  /** The preferred LB is master, and Heron knows. */
  async function settle(): Promise<void> {
    await lab().restore();
    const master = (): unknown =>
      heron!.lines.findLast((line) => line.type === 'lb-role' && line['edge'] === first)?.['to'];
    await waitFor(() => lab().master() === first && master() === 'master', 20_000, 'it does not settle');
  }

  it('agrees when the LB is killed, and when it preempts', async () => {
    await settle();
    expectAgreement(await measured(() => lab().fault('lb-dies', first), first, second));
    expectAgreement(await measured(() => lab().restore(), second, first));
  }, 60_000);

  it('agrees when the cable is cut', async () => {
    await settle();
    expectAgreement(await measured(() => lab().fault('link-cut', first), first, second));
  }, 60_000);

  it('agrees when the LB is stopped in order', async () => {
    await settle();
    expectAgreement(await measured(() => lab().fault('lb-stops', first), first, second));
  }, 60_000);
});

function lastOldOf(line: Line): string {
  return (line['bracket'] as { lastOld: string }).lastOld;
}

/** When the users' gap of a line was surely over. */
function endMsOf(line: Line): number {
  const { firstNew } = (line['restored'] ?? line['bracket']) as { firstNew: string };
  return Date.parse(firstNew);
}

/** The lab's inventory with four probes a second: the beginning of an outage is not known better than their interval. */
function inventoryWithProbe({ inventoryFile }: Lab): string {
  const inventory = inventoryFileSchema.parse(JSON.parse(readFileSync(inventoryFile, 'utf8')));
  for (const cluster of inventory.clusters) cluster.probe = { kind: 'tcp', intervalMs: probeIntervalMs };
  const file = path.join(path.dirname(inventoryFile), 'inventory-with-probe.json');
  writeFileSync(file, JSON.stringify(inventory));
  return file;
}
