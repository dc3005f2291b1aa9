import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNotification } from '../../../../domain/traps/decode-notification';
import { trapKinds } from '../../../../domain/traps/evidence';
import {
  notificationOf,
  type NotificationValue,
  type NotificationVarbind,
} from '../../../../domain/traps/notification';

const number = (oid: string, value: number): NotificationVarbind => ({
  oid,
  value: { type: 'number', value },
});
const text = (oid: string, value: string): NotificationVarbind => ({ oid, value: { type: 'text', value } });
const name = (oid: string, value: string): NotificationVarbind => ({ oid, value: { type: 'oid', value } });

const trapOid = '1.3.6.1.6.3.1.1.4.1.0';
const hotOid = '1.3.6.1.2.1.88.2.1.4.0';
const hotValue = '1.3.6.1.2.1.88.2.1.5.0';
const decode = (which: string, ...varbinds: NotificationVarbind[]) =>
  decodeNotification(notificationOf([number('1.3.6.1.2.1.1.3.0', 4200), name(trapOid, which), ...varbinds]));

describe('notificationOf', () => {
  it('tells name and uptime from the rest', () => {
    const rest = [number('1.3.6.1.2.1.2.2.1.1.3', 3)];
    const all = [number('1.3.6.1.2.1.1.3.0', 4200), name(trapOid, '1.2.3'), ...rest];
    expect(notificationOf(all)).toEqual({ trapOid: '1.2.3', uptimeMs: 42_000, varbinds: rest });
  });

  it('is without a name when the name is a text', () => {
    expect(notificationOf([text(trapOid, '1.3.6.1.6.3.1.1.5.3')]).trapOid).toBeNull();
  });
});

describe('decodeNotification', () => {
  const index = number('1.3.6.1.2.1.2.2.1.1.3', 3);
  const descr = text('1.3.6.1.2.1.2.2.1.2.3', 'vmx2');

  it('reads linkDown and linkUp with their interface', () => {
    expect(decode('1.3.6.1.6.3.1.1.5.3', index, descr)).toEqual({
      kind: 'link-down',
      words: 'link down on vmx2',
      interfaceIndex: 3,
      role: null,
    });
    expect(decode('1.3.6.1.6.3.1.1.5.4', index)).toMatchObject({
      kind: 'link-up',
      words: 'link up on interface 3',
    });
    expect(decode('1.3.6.1.6.3.1.1.5.3')).toMatchObject({ kind: 'link-down', interfaceIndex: null });
  });

  it('tells an interface that was switched off from one that lost its link', () => {
    const off = number('1.3.6.1.2.1.2.2.1.7.3', 2);
    expect(decode('1.3.6.1.6.3.1.1.5.3', index, off, descr)).toMatchObject({ kind: 'link-disabled' });
  });

  it.each([
    ['1.3.6.1.6.3.1.1.5.1', 'cold-start'],
    ['1.3.6.1.6.3.1.1.5.2', 'warm-start'],
    ['1.3.6.1.6.3.1.1.5.5', 'authentication-failure'],
    ['1.3.6.1.4.1.8072.4.0.2', 'agent-shutdown'],
    ['1.3.6.1.4.1.8072.4.0.3', 'agent-restart'],
    ['1.3.6.1.4.1.2021.251.2', 'agent-shutdown'],
    ['1.3.6.1.4.1.46262.9.0.1', 'other'],
  ])('%s is %s', (which, kind) => {
    expect(decode(which).kind).toBe(kind);
  });

  it.each([
    ['1.3.6.1.4.1.30155.6.2.2.1.7.1', 2, 'master'],
    ['1.3.6.1.4.1.30155.6.2.2.1.7.4', 0, 'init'],
    ['1.3.6.1.4.1.9586.100.5.2.3.1.4.1', 3, 'fault'],
  ])(
    'reads a role from a DisMan trigger on %s = %d, and from any notification that carries it',
    (oid, state, role) => {
      const fired = decode('1.3.6.1.2.1.88.2.0.1', name(hotOid, oid), number(hotValue, state));
      expect(fired).toMatchObject({
        kind: 'role',
        role,
        words: `its load balancer is ${role.toUpperCase()}`,
      });
      expect(decode('1.3.6.1.4.1.9586.100.5.2.9.0.2', number(oid, state))).toMatchObject({
        kind: 'role',
        role,
      });
    },
  );

  it('has no role for a state that is none', () => {
    expect(decode('1.2.3', number('1.3.6.1.4.1.30155.6.2.2.1.7.1', 7))).toMatchObject({
      kind: 'other',
      role: null,
    });
  });

  it('reads UCD flags and interface states behind a trigger', () => {
    const process = decode(
      '1.3.6.1.2.1.88.2.0.1',
      name(hotOid, '1.3.6.1.4.1.2021.2.1.100.1'),
      number(hotValue, 1),
      text('1.3.6.1.4.1.2021.2.1.101.1', 'No ucarp process running'),
    );
    expect(process).toMatchObject({ kind: 'process', words: 'process: No ucarp process running' });
    const disk = decode(
      '1.3.6.1.2.1.88.2.0.1',
      name(hotOid, '1.3.6.1.4.1.2021.9.1.100.1'),
      number(hotValue, 0),
    );
    expect(disk).toMatchObject({ kind: 'threshold', words: 'disk is well again' });
    const link = decode('1.3.6.1.2.1.88.2.0.1', name(hotOid, '1.3.6.1.2.1.2.2.1.8.3'), number(hotValue, 2));
    expect(link).toMatchObject({ kind: 'link-down', interfaceIndex: 3 });
  });

  it('names a trigger it does not know', () => {
    const trigger = text('1.3.6.1.2.1.88.2.1.1.0', 'too hot');
    expect(decode('1.3.6.1.2.1.88.2.0.1', trigger)).toMatchObject({
      kind: 'other',
      words: 'trigger "too hot" fired',
    });
  });

  it('gives a meaning of one short line to anything', () => {
    const oid = fc.oneof(
      fc.constantFrom(hotOid, hotValue, trapOid, '1.3.6.1.2.1.2.2.1.1.3', '1.3.6.1.4.1.2021.2.1.100.1'),
      fc.array(fc.nat(2 ** 32 - 1), { minLength: 1, maxLength: 20 }).map((parts) => parts.join('.')),
    );
    const value: fc.Arbitrary<NotificationValue> = fc.oneof(
      fc.double().map((each) => ({ type: 'number' as const, value: each })),
      fc.string({ maxLength: 500, unit: 'binary' }).map((each) => ({ type: 'text' as const, value: each })),
      oid.map((each) => ({ type: 'oid' as const, value: each })),
      fc.constant({ type: 'none' as const }),
    );
    const which = fc.constantFrom('1.3.6.1.6.3.1.1.5.3', '1.3.6.1.2.1.88.2.0.1', '1.2.3', '__proto__');
    fc.assert(
      fc.property(which, fc.array(fc.record({ oid, value }), { maxLength: 8 }), (trap, varbinds) => {
        const meaning = decode(trap, ...varbinds);
        expect(trapKinds).toContain(meaning.kind);
        expect(meaning.words).not.toMatch(/\n/);
        expect(meaning.words.length).toBeLessThanOrEqual(160);
      }),
    );
  });
});
