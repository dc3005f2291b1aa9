import { describe, expect, it } from 'vitest';
import { observeDisagreement, type Disagreement } from '../../../../../domain/cluster/observe/disagreement';
import type { RoleObservation } from '../../../../../domain/cluster/observe/role-track';
import type { LbRole, RoleWitness, WitnessKind } from '../../../../../domain/model/role';

const word = (witness: WitnessKind, role: LbRole, more: Partial<RoleWitness> = {}): RoleWitness => ({
  witness,
  role,
  vhid: 1,
  advbase: 1,
  advskew: 0,
  confidence: 1,
  maxAgeMs: 0,
  said: role,
  ...more,
});

const look = (atMs: number, ...witnesses: RoleWitness[]): RoleObservation => ({
  fromMs: atMs,
  toMs: atMs,
  fromMonotonicMs: atMs,
  toMonotonicMs: atMs,
  silent: false,
  role: witnesses[0]?.role ?? 'unknown',
  witnesses,
});

/** The same words read once a second, `count` times. */
const after = (count: number, ...witnesses: RoleWitness[]): Disagreement | null =>
  Array.from({ length: count }).reduce<Disagreement | null>(
    (track, _, at) => observeDisagreement(track, look(at * 1_000, ...witnesses)),
    null,
  );

const master = word('carp-mib', 'master');
const contradicting = word('http-json', 'backup');

describe('witnesses that contradict each other', () => {
  it('disagree once it was read again and again for seconds, with each one’s word', () => {
    expect(after(3, master, contradicting)?.confirmed).toBe(false);
    const found = after(5, master, contradicting);
    expect(found).toMatchObject({ confirmed: true, readings: 5, words: [master, contradicting] });
  });

  it('are late, not wrong, for as long as a cache may lag', () => {
    const cached = word('carp-extend', 'backup', { maxAgeMs: 5_000 });
    expect(after(8, master, cached)?.confirmed).toBe(false);
    expect(after(10, master, cached)?.confirmed).toBe(true);
  });

  it('are believed again after two agreeing readings, not after one', () => {
    const found = after(5, master, contradicting);
    const agreeing = word('http-json', 'master');
    const once = observeDisagreement(found, look(5_000, master, agreeing));
    expect(once?.confirmed).toBe(true);
    expect(observeDisagreement(once, look(6_000, master, agreeing))).toBeNull();
  });

  it('stay contradicting through readings of one alone, for a minute', () => {
    const found = after(5, master, contradicting);
    expect(observeDisagreement(found, look(30_000, master))?.confirmed).toBe(true);
    expect(observeDisagreement(found, look(70_000, master))).toBeNull();
  });

  it('may be traffic against a direct word, if it is confident', () => {
    const sure = word('traffic', 'backup', { confidence: 0.95, maxAgeMs: 2_000 });
    expect(after(7, master, sure)?.confirmed).toBe(true);
    expect(after(20, master, { ...sure, confidence: 0.7 })).toBeNull();
  });

  it('do not contradict each other about INIT and BACKUP, nor by saying nothing', () => {
    expect(after(20, word('carp-mib', 'init'), word('carp-extend', 'backup'))).toBeNull();
    expect(after(20, master, word('carp-extend', 'unknown'))).toBeNull();
  });
});
