import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthStates, isProblem, type Health } from '../../../../domain/model/health';
import type { ClusterView } from '../../../../domain/model/snapshot';
import { Ink, lineWidth } from '../../../../cli/wall/line';
import { screenLines } from '../../../../cli/wall/screen-lines';
import { firstUi, type Page, type Size, type WallUi } from '../../../../cli/wall/wall-state';
import { fleetInAllStates } from '../../../fixtures/fake-bridge/fleet';
import { atMs, clusterIn, dataOf, textOf } from './wall-fixtures';

const shapes = new Ink({ ascii: false });
const letters = new Ink({ ascii: true });

const hostileText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 70 }),
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.constantFrom(
    '\u001b[2J\u001b[31mfake',
    '\u001b]0;title\u0007',
    'a\r\nforged line',
    '日本語のクラスタ',
    'مجموعة الخوادم',
    '\u202egnirts',
    'e\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
    '👩‍👩‍👧‍👦 family',
    '\u009b31m',
  ),
);
const anyCluster = fc
  .record({
    health: fc.constantFrom<Health>(...healthStates),
    name: hostileText,
    site: fc.option(hostileText),
    fact: hostileText,
  })
  .map(({ health, name, site, fact }) => ({ health, name, site, fact }));
const anySize = fc.record({
  columns: fc.integer({ min: 40, max: 250 }),
  rows: fc.integer({ min: 10, max: 80 }),
});

function fleetOf(made: { health: Health; name: string; site: string | null; fact: string }[]): ClusterView[] {
  return made.map(({ health, name, site, fact }, index) =>
    clusterIn(health, `c${index}`, {
      id: `c${index}`,
      name,
      site,
      reasons: [{ code: 'x', fact, detail: fact }],
      unacknowledgedOutages:
        index % 3 === 0
          ? [
              {
                kind: 'no-active-lb',
                fromMs: atMs - 9000,
                toMs: atMs - 7000,
                lastedMs: { atLeast: 1800, atMost: 4000 },
                times: 1,
              },
            ]
          : [],
    }),
  );
}

describe('the screen', () => {
  it('is exactly as large as the terminal, whatever names hold, on every page', () => {
    const pages = fc.constantFrom<Page>(
      { kind: 'wall' },
      { kind: 'help' },
      { kind: 'cluster', clusterId: 'c0' },
      { kind: 'events', clusterId: null, selected: null },
    );
    fc.assert(
      fc.property(
        fc.array(anyCluster, { maxLength: 60 }),
        anySize,
        pages,
        fc.boolean(),
        (made, size, page, ascii) => {
          const ui: WallUi = { ...firstUi, pages: [page] };
          const { lines } = screenLines(dataOf(fleetOf(made)), ui, size, ascii ? letters : shapes);
          expect(lines).toHaveLength(size.rows);
          for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(size.columns);
          const text = lines.flatMap(({ spans }) => spans.map((span) => span.text)).join('');
          expect(text).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
          if (ascii) expect(text).toMatch(/^[\x20-\x7e]*$/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never hides a problem while a healthy cluster is shown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Health>(...healthStates), { maxLength: 80 }),
        anySize,
        (healths, size) => {
          const clusters = healths.map((health, index) =>
            clusterIn(health, `c${String(index).padStart(3, '0')}`),
          );
          const { lines } = screenLines(dataOf(clusters), firstUi, size, letters);
          const text = textOf(lines)
            .filter((line) => !line.startsWith(' Oldest data'))
            .join('\n');
          const shown = (cluster: ClusterView): boolean => text.includes(` ${cluster.name}`);
          const hiddenProblems = clusters.filter((one) => isProblem(one.health) && !shown(one));
          const shownHealthy = clusters.filter((one) => !isProblem(one.health) && shown(one));
          if (shownHealthy.length > 0) expect(hiddenProblems).toEqual([]);
          // What does not fit is counted.
          if (hiddenProblems.length > 0) expect(text).toMatch(/and \d+ /);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows the worst first, with shape, word, site, edges, reason, time and who', () => {
    const { lines } = screenLines(
      dataOf(fleetInAllStates(atMs)),
      firstUi,
      { columns: 100, rows: 30 },
      shapes,
    );
    const text = textOf(lines);
    const problems = text.slice(3).filter((line) => /^.[◆Y◌▲△■] /.test(line));
    expect(problems[0]).toMatch(/^>◆ No active LB +gru-01 +São Paulo +4\/4 +░{10} Users of .* 0:38 UNACK/);
    expect(problems[1]).toMatch(/^ Y Split brain +sin-02 +Singapore/);
    expect(problems[1]).toContain('APAC desk');
    expect(text.findIndex((line) => line.includes('The others'))).toBeGreaterThan(
      text.findIndex((line) => line.includes('Degraded')),
    );
  });

  it.each([80, 100])(
    'says in a foot of %i columns that a history that is only read takes no acknowledgements',
    (columns) => {
      const foot = (isReadOnly: boolean): string => {
        const { lines } = screenLines(
          dataOf(fleetInAllStates(atMs), { isReadOnly }),
          firstUi,
          { columns, rows: 24 },
          shapes,
        );
        return textOf(lines).at(-1) ?? '';
      };
      expect(foot(true)).toContain('a not here: read-only');
      expect(foot(true)).not.toContain('acknowledge');
      expect(foot(false)).toContain('a acknowledge');
    },
  );

  it('uses letters and no bars in ASCII, and stars for unacknowledged where there is little room', () => {
    const { lines } = screenLines(
      dataOf(fleetInAllStates(atMs)),
      firstUi,
      { columns: 80, rows: 24 },
      letters,
    );
    const text = textOf(lines).join('\n');
    expect(text).toMatch(/^>X No active LB +gru-01 +Sao Paulo +4\/4 .* 0:38 \*$/m);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('remembers outages that are over until they are acknowledged', () => {
    const outage = {
      kind: 'no-active-lb',
      fromMs: atMs - 120_000,
      toMs: atMs - 116_000,
      lastedMs: { atLeast: 1800, atMost: 4000 },
      times: 1,
    } as const;
    const clusters = [
      clusterIn('up', 'fra-01', { unacknowledgedOutages: [outage] }),
      clusterIn('up', 'fra-02'),
    ];
    const { lines } = screenLines(dataOf(clusters), firstUi, { columns: 100, rows: 30 }, shapes);
    expect(textOf(lines).join('\n')).toContain('[ ] fra-01 had no active LB for 1.8 to 4 s, 21:29');
  });

  it('shows few clusters with their active LB and last failover, many as a grid', () => {
    const cluster = clusterIn('up', 'fra-01', {
      site: 'Frankfurt',
      lastFailover: {
        type: 'failover',
        fromEdgeName: 'fra-01-03',
        toEdgeName: 'fra-01-01',
        bracket: { lastOldMs: atMs - 62_000, firstNewMs: atMs - 60_000 },
        gapMs: { atLeast: 1800, atMost: 4000 },
      },
    });
    const size: Size = { columns: 120, rows: 24 };
    const few = textOf(screenLines(dataOf([cluster]), firstUi, size, shapes).lines).join('\n');
    expect(few).toMatch(
      /● Up fra-01 Frankfurt 4\/4 +[█▒]{10} LB -01 for 12 d \[ \] 21:30:07 -03 to -01, 1\.8 to 4 s/,
    );
    for (let columns = 60; columns < 120; columns += 1) {
      const narrow = textOf(screenLines(dataOf([cluster]), firstUi, { ...size, columns }, shapes).lines);
      const line = narrow.find((text) => text.includes('● Up fra-01')) ?? '';
      // Never a part of a bound or of a name.
      expect(line).toMatch(/(LB -01 for 12 d|21:30:07|-03 to -01|1\.8 to 4 s) *$/);
    }
    const many = Array.from({ length: 60 }, (_, index) =>
      clusterIn('up', `fra-${String(index).padStart(2, '0')}`),
    );
    const text = textOf(screenLines(dataOf(many), firstUi, size, shapes).lines).join('\n');
    for (const { name } of many) expect(text).toContain(`● ${name}`);
  });

  it('says that nothing is known when readings stopped, and marks any other time than now', () => {
    const stalled = textOf(
      screenLines(
        dataOf([clusterIn('unknown', 'fra-01')], { isStalled: true }),
        firstUi,
        { columns: 100, rows: 24 },
        shapes,
      ).lines,
    );
    expect(stalled.join('\n')).toContain('Readings have stopped arriving');
    const past = textOf(
      screenLines(
        dataOf([clusterIn('up', 'fra-01')], { time: 'past' }),
        firstUi,
        { columns: 100, rows: 24 },
        shapes,
      ).lines,
    );
    expect(past[0]).toContain('[PAST]');
  });

  it('draws the bracket of a failover over the roles around it', () => {
    const role = (subjectId: string, state: string, fromMs: number, toMs: number | null) => ({
      kind: 'lb-role' as const,
      subjectId,
      state,
      fromMs,
      toMs,
      reasons: null,
    });
    const bracket = { lastOldMs: atMs - 4000, firstNewMs: atMs };
    const { lines } = screenLines(
      dataOf([clusterIn('up', 'fra-01')], {
        failover: {
          id: 7,
          event: {
            type: 'failover',
            timeMs: atMs,
            recordedAtMs: atMs,
            clusterId: 'fra-01',
            clusterName: 'fra-01',
            fromEdgeId: 'a',
            fromEdgeName: 'fra-01-01',
            toEdgeId: 'b',
            toEdgeName: 'fra-01-02',
            bracket,
            gapMs: { atLeast: 1800, atMost: 4000 },
            oldRoleAfter: 'init',
            cause: { kind: 'lb-stopped', evidence: ['smlb is not running.'] },
            witnesses: [],
            pollIntervalMs: 1000,
          },
          edges: [
            { id: 'a', name: 'fra-01-01' },
            { id: 'b', name: 'fra-01-02' },
          ],
          roles: [
            role('a', 'master', atMs - 60_000, atMs - 3000),
            role('a', 'init', atMs - 3000, null),
            role('b', 'backup', atMs - 60_000, atMs),
            role('b', 'master', atMs, null),
          ],
          changes: [{ edgeId: 'b', bracket: { lastOldMs: atMs - 1000, firstNewMs: atMs } }],
          fromMs: atMs - 9000,
          toMs: atMs + 5000,
          isWhole: true,
        },
      }),
      { ...firstUi, pages: [{ kind: 'failover', clusterId: 'fra-01', eventId: null }] },
      { columns: 80, rows: 24 },
      letters,
    );
    const text = textOf(lines).join('\n');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('1.8 to 4 s without an active LB');
    expect(text).toMatch(/fra-01-01 +M+i+$/m);
    expect(text).toMatch(/fra-01-02 +b+:+M+$/m);
    expect(text).toMatch(/Bracket +\[=+\]$/m);
    expect(text).toContain('Cause: its LB stopped. smlb is not running.');
  });
});
