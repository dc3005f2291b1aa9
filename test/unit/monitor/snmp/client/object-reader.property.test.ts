import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SnmpFailure } from '../../../../../monitor/snmp/client/failure';
import { ObjectReader } from '../../../../../monitor/snmp/client/object-reader';
import { asnType, type Varbind } from '../../../../../monitor/snmp/codec/varbind';

const ping = '1.3.6.1.2.1.1.3.0';
const one = (oid: string): Varbind => ({ oid, type: asnType.integer, value: 1 });

it('whatever hangs, is refused or is missing, and whatever size gets through: the rest is read within a few polls', async () => {
  const places = fc.uniqueArray(fc.nat(59), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 60 }),
      places,
      places,
      places,
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('silent' as const, 'tooBig' as const),
      fc.boolean(),
      async (count, hanging, refused, missing, limit, above, isNamed) => {
        const oids = [ping, ...Array.from({ length: count }, (_, at) => `1.3.6.1.4.1.${at + 1}`)];
        const at = (list: readonly number[]) => new Set(list.map((place) => `1.3.6.1.4.1.${place + 1}`));
        const [hang, refuse, lack] = [at(hanging), at(refused), at(missing)];
        const bad = (oid: string): boolean => hang.has(oid) || refuse.has(oid) || lack.has(oid);
        const get = async (asked: readonly string[], deadlineAt: number): Promise<Varbind[]> => {
          const tooLarge = asked.length > limit;
          if (tooLarge && above === 'tooBig') throw new SnmpFailure('bad-answer', 'tooBig', 'ask-less');
          if (tooLarge || asked.some((oid) => hang.has(oid))) {
            await new Promise((resolve) => setTimeout(resolve, Math.max(1, deadlineAt - performance.now())));
            throw new SnmpFailure('timeout', 'nothing answered');
          }
          const culprit = asked.find((oid) => refuse.has(oid));
          if (culprit !== undefined)
            throw new SnmpFailure('bad-answer', 'genErr', 'ask-less', isNamed ? culprit : null);
          return asked.filter((oid) => !lack.has(oid)).map(one);
        };
        const reader = new ObjectReader({ get, roundTrip: { timeoutMs: 2 } }, ping);
        const good = oids.filter((oid) => !bad(oid));
        let last = await reader.read(oids, performance.now() + 200);
        for (let poll = 0; poll < 4; poll += 1) last = await reader.read(oids, performance.now() + 200);
        expect(good.filter((oid) => !last.values.has(oid))).toEqual([]);
        expect([...last.unanswered.keys()].sort()).toEqual(oids.filter(bad).sort());
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);
