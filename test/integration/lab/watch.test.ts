import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../lab/edge';
import { missingForLab } from '../../lab/requirements';
import type { TrueFailover } from '../../lab/true-history';
import { RunningHeron, type Line } from '../cli/running-heron';
import { useLab } from './running-lab';

const [first, second] = ['lab-c1-e1', 'lab-c1-e2'];

/** What Heron makes of real elections: judged by what ucarp itself did. */
describe('heron watch on the real lab', () => {
  const lab = useLab({ edges: 3 });
  let heron: RunningHeron | null = null;
  beforeAll(async () => {
    if ((await missingForLab()) !== null) return;
    heron = new RunningHeron(['watch', '--inventory', lab().inventoryFile], lab().environment);
    const up = (line: Line): boolean => line.type === 'cluster-state' && line['to'] === 'up';
    await heron.line('a cluster that is up', up, 30_000);
  });
  afterAll(() => heron?.kill());

  const printed = (...types: string[]): Line[] => heron!.lines.filter(({ type }) => types.includes(type));
  const moves = (): Line[] => printed('failover', 'failback');
  /** The lines printed since `before`, once there is one of these types. */
  const next = async (before: number, ...types: string[]): Promise<Line> => {
    const fits = (line: Line): boolean => types.includes(line.type) && heron!.lines.indexOf(line) >= before;
    return heron!.line(types.join(' or '), fits, 20_000);
  };
  /** The true failover once the truth has settled. */
  const truly = async (count: number): Promise<TrueFailover> => {
    await waitFor(() => lab().history().failovers.length >= count, 15_000, 'nothing truly happened');
    return lab().history().failovers[count - 1]!;
  };

  it('says failover when the LB is killed: from, to, bracket and gap hold the truth', async () => {
    const before = heron!.lines.length;
    await lab().fault('lb-dies', first);
    const failover = await next(before, 'failover', 'failback');
    const truth = await truly(1);
    expect(failover).toMatchObject({ type: 'failover', cluster: 'lab-c1', from: first, to: second });
    expect(truth).toMatchObject({ from: first, to: second });
    expectBracketed(failover, truth);
    const gap = failover['gapMs'] as { atLeast: number; atMost: number };
    expect(gap.atLeast).toBeLessThanOrEqual(truth.gapMs);
    expect(gap.atMost).toBeGreaterThanOrEqual(truth.gapMs);
    expect(failover['cause']).toMatchObject({ kind: 'lb-stopped' });
  }, 60_000);

  it('says failback when the preferred LB returns and preempts', async () => {
    const before = heron!.lines.length;
    await lab().restore();
    const failback = await next(before, 'failover', 'failback');
    expect(failback).toMatchObject({ type: 'failback', from: second, to: first });
    expectBracketed(failback, await truly(2));
    expect(failback['cause']).toMatchObject({ kind: 'preemption' });
    expect(moves()).toHaveLength(2);
  }, 60_000);

  it('says split brain when both halves have a master, and invents no failover', async () => {
    const before = heron!.lines.length;
    await lab().fault('split');
    const split = await next(before, 'split-brain', 'failover', 'failback');
    expect(split).toMatchObject({ type: 'split-brain', edges: [first, second] });
    await lab().restore();
    await waitFor(() => onlyMaster() === first, 15_000, 'the split does not heal');
    expect(moves()).toHaveLength(2);
    expect(printed('split-brain')).toHaveLength(1);
  }, 60_000);

  it('says nothing of a failover when the active LB merely stops answering', async () => {
    const before = heron!.lines.length;
    await lab().fault('management-cut', first);
    const gone = (line: Line): boolean =>
      line.type === 'lb-role' && line['edge'] === first && heron!.lines.indexOf(line) >= before;
    expect(await heron!.line('an unknown role', gone)).toMatchObject({ from: 'master', to: 'unknown' });
    await lab().restore();
    const back = (line: Line): boolean => gone(line) && line['to'] === 'master';
    await heron!.line('the master again', back);
    expect(lab().history().failovers).toHaveLength(2);
    expect(moves()).toHaveLength(2);
    expect(printed('no-active-lb', 'gap', 'flapping')).toEqual([]);
  }, 60_000);

  /** The one master by Heron's own word; null when there are none or several. */
  function onlyMaster(): string | null {
    const roles = new Map(printed('lb-role').map((line) => [line['edge'], line['to']]));
    const masters = [...roles].filter(([, role]) => role === 'master').map(([edge]) => String(edge));
    return masters.length === 1 ? masters[0]! : null;
  }
});

/** Not before the old one was truly master for the last time, not after the new one truly became it. */
function expectBracketed(line: Line, truth: TrueFailover): void {
  const bracket = line['bracket'] as { lastOld: string; firstNew: string };
  expect(Date.parse(bracket.lastOld)).toBeLessThanOrEqual(truth.lastMasterMs);
  expect(Date.parse(bracket.firstNew)).toBeGreaterThanOrEqual(truth.firstMasterMs);
  // Of use, too: role polls are a second apart, a take-over takes two or three.
  expect(Date.parse(bracket.firstNew) - Date.parse(bracket.lastOld)).toBeLessThan(10_000);
}
