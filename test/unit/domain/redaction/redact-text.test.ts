import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { heronEventSchema } from '../../../../domain/model/event';
import { reasonSchema } from '../../../../domain/model/health';
import { spanSchema } from '../../../../domain/model/history';
import { otherFields, textRules } from '../../../../domain/redaction/field-rules';
import { Pseudonyms } from '../../../../domain/redaction/pseudonyms';

const text = (words: string): string => new Pseudonyms([]).text(words);

/** Every field of a shape, with the values of its enumerations. */
function fieldsOf(shape: unknown, found = new Map<string, string[]>(), key = ''): Map<string, string[]> {
  if (typeof shape !== 'object' || shape === null) return found;
  const node = shape as Record<string, unknown>;
  for (const [name, item] of Object.entries((node['properties'] ?? {}) as Record<string, unknown>)) {
    found.set(name, found.get(name) ?? []);
    fieldsOf(item, found, name);
  }
  for (const word of [node['const'], ...((node['enum'] ?? []) as unknown[])])
    if (typeof word === 'string') found.get(key)?.push(word);
  for (const part of ['oneOf', 'anyOf', 'allOf'])
    for (const item of (node[part] ?? []) as unknown[]) fieldsOf(item, found, key);
  fieldsOf(node['items'], found, key);
  return found;
}

describe('redacted texts', () => {
  it.each([
    'The active LB left at 14:03:11.',
    'No answer since 2026-11-30T14:03:11.123Z for 12.5 s, 3 of 5 polls.',
    'It started 09:05 UTC on 2026-11-30, 250 ms late.',
    'MASTER vhid 32 advbase 1',
    'Version 1.2.3 of 4',
  ])('keep %s', (words) => {
    expect(text(words)).toBe(words);
  });

  it.each([
    ['FE80::1%em0 is down.', '2001:db8::1 is down.'],
    ['[2001:DB8:AA::5]:161 is down', '[2001:db8::1]:161 is down'],
    ['2a02:8109:0:0::/64 is down', '2001:db8::1/64 is down'],
    ['at ::ffff:10.1.2.3 and 10.1.2.3', 'at ::ffff:192.0.2.1 and 192.0.2.1'],
    ['2a02:0:0:0:0:0:0:1, 2A02::1, 2a02:0::0001', '2001:db8::1, 2001:db8::1, 2001:db8::1'],
    ['at 10:20:30:40:50:60:70:80.', 'at 2001:db8::1.'],
    [
      '00:1b:21:3c:9d:f8 is 00-1B-21-3C-9D-F8 and 001b.213c.9df8',
      'identifier-1 is identifier-1 and identifier-1',
    ],
    ['engine 80001f8880e9bd0c1d12667a5100000000', 'engine identifier-1'],
    ['engine 0x80001F8880', 'engine identifier-1'],
    ['1.3.6.1.2.1.4.20.1.2.10.1.2.3', 'identifier-1'],
    ['asked by jdoe@corp.example at db-1.corp.example', 'asked by (…) at (…)'],
    ['user Zoë of Größe', 'user (…) of (…)'],
    ['NOC_AUTH_SECRET is not set', '(…) is not set'],
    ['C:\\Users\\jdoe\\heron.sqlite and /home/jdoe', '(…) and /(…)'],
    ['10.1.2.3:161, 10.1.2.4/24', '192.0.2.1:161, 192.0.2.2/24'],
  ])('replace in %s', (words, expected) => {
    expect(text(words)).toBe(expected);
  });

  it('have a rule for every field of an event, a reason and a span', () => {
    const events = fieldsOf(z.toJSONSchema(z.array(heronEventSchema), { unrepresentable: 'any' }));
    const spans = fieldsOf(z.toJSONSchema(z.array(reasonSchema), { unrepresentable: 'any' }));
    const fields = [...events, ...spans];
    expect(fields.length).toBeGreaterThan(50);
    const known = (name: string): boolean => Object.hasOwn(textRules, name) || otherFields.has(name);
    expect(fields.map(([name]) => name).filter((name) => !known(name))).toEqual([]);
    const { reasons: _reasons, ...span } = spanSchema.shape;
    expect(Object.keys(span)).toEqual(['kind', 'subjectId', 'state', 'fromMs', 'toMs']);
  });

  it('keep every word of an enumeration', () => {
    const pseudonyms = new Pseudonyms([]);
    const fields = fieldsOf(z.toJSONSchema(z.array(heronEventSchema), { unrepresentable: 'any' }));
    for (const [name, words] of fields)
      for (const word of words) expect([name, pseudonyms.value(word, name)]).toEqual([name, word]);
    for (const word of spanSchema.shape.kind.options) expect(pseudonyms.value(word, 'kind')).toBe(word);
  });

  it('leave out what a person wrote, and a field that has no rule', () => {
    const pseudonyms = new Pseudonyms([]);
    expect(pseudonyms.value({ type: 'note', author: 'Jane Doe', text: 'the edge is down' })).toEqual({
      type: 'note',
      author: 'person-1',
      text: '(…)',
    });
    expect(pseudonyms.value({ type: 'acknowledged', by: 'Jane Doe', words: 'the edge is down' })).toEqual({
      type: 'acknowledged',
      by: 'person-1',
      words: '(…)',
    });
    expect(pseudonyms.value({ type: 'start', secretField: 'down' })).toEqual({ type: 'start' });
    expect(pseudonyms.text('asked by Jane Doe')).toBe('asked by person-1');
  });
});
