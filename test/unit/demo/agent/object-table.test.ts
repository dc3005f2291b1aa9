import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOids, ObjectTable, parseOid } from '../../../../demo/agent/object-table';
import { tag } from '../../../../demo/agent/tags';

const instance = (oid: readonly number[]) => ({ oid, type: tag.integer, read: () => 1 });
const oid = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 2, maxLength: 6 });
const oids = fc.uniqueArray(oid, { minLength: 1, maxLength: 40, selector: (one) => one.join('.') });

describe('the table of objects', () => {
  it('orders numbers, not digits or bytes', () => {
    expect(compareOids(parseOid('1.3.9'), parseOid('1.3.10'))).toBeLessThan(0);
    expect(compareOids(parseOid('1.3.16383'), parseOid('1.3.16384'))).toBeLessThan(0);
    expect(compareOids(parseOid('.1.3'), parseOid('1.3.0'))).toBeLessThan(0);
    expect(compareOids([1, 3], [1, 3])).toBe(0);
  });

  it('walks everything once, in order, to the end', () => {
    fc.assert(
      fc.property(oids, (list) => {
        const table = new ObjectTable(list.map(instance));
        const walked: (readonly number[])[] = [];
        for (let found = table.next([0]); 'entry' in found; found = table.next(found.entry.oid))
          walked.push(found.entry.oid);
        expect(walked).toEqual([...list].sort(compareOids).filter((one) => compareOids(one, [0]) > 0));
      }),
    );
  });

  it('finds the first after any identifier', () => {
    fc.assert(
      fc.property(oids, oid, (list, asked) => {
        const expected = [...list].sort(compareOids).find((one) => compareOids(one, asked) > 0);
        const found = new ObjectTable(list.map(instance)).next(asked);
        expect('entry' in found ? found.entry.oid : undefined).toEqual(expected);
      }),
    );
  });

  it('distinguishes a missing instance from a missing object', () => {
    const table = new ObjectTable([instance(parseOid('1.3.6.1.7.1')), instance(parseOid('1.3.6.1.7.2'))]);
    expect(table.get(parseOid('1.3.6.1.7.2'))).toHaveProperty('entry');
    expect(table.get(parseOid('1.3.6.1.7.3'))).toMatchObject({ exception: tag.noSuchInstance });
    expect(table.get(parseOid('1.3.6.1.7.0'))).toMatchObject({ exception: tag.noSuchInstance });
    expect(table.get(parseOid('1.3.6.1.8.1'))).toMatchObject({ exception: tag.noSuchObject });
  });

  it('refuses two objects in one place', () => {
    expect(() => new ObjectTable([instance([1, 3, 6]), instance([1, 3, 6])])).toThrow('1.3.6');
  });
});
