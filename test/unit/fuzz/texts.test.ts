import { describe, expect, it } from 'vitest';
import { lbRoleSchema, type RoleWitness } from '../../../domain/model/role';
import { rolesFromText } from '../../../monitor/snmp/devices/carp-text';
import { rolesFromJson } from '../../../monitor/http/json-role';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate, random } from '../../fixtures/fuzz/mutate';
import { reportFuzz } from '../../fixtures/fuzz/run-fuzz';

const texts = [
  'carp: MASTER vhid 1 advbase 1 advskew 0\n\tcarp: BACKUP vhid 2 advbase 1 advskew 100\n',
  'INIT',
  'vmx2: flags=8943<UP,BROADCAST,RUNNING>\n\tether 00:00:5e:00:01:01\n\tcarp: BACKUP vhid 255 advbase 1',
  'sh: /sbin/ifconfig: not found',
];
const pages = [
  '{"role": "MASTER", "vhid": 1, "advbase": 1, "advskew": 0}',
  '{"roles": [{"role": "backup", "vhid": 2}, {"role": "init"}]}',
  '<html>not JSON</html>',
  '{"role": {"role": "MASTER"}, "vhid": [1e999]}',
];

function expectWitness({ role, vhid, advbase, advskew, said, confidence }: RoleWitness): void {
  lbRoleSchema.parse(role);
  for (const number of [vhid, advbase, advskew])
    expect(number === null || (Number.isInteger(number) && number >= 0 && number <= 255)).toBe(true);
  expect(said.length).toBeLessThanOrEqual(200);
  expect(confidence).toBe(1);
}

describe('mutated texts', () => {
  const half = fuzzInputs(fuzzShares.texts / 2);

  it(
    'of scripts give roles that are in them, or one unknown with the text',
    () => {
      const dice = random(84);
      for (let count = 0; count < half; count += 1) {
        const text = mutate(Buffer.from(texts[count % texts.length] ?? ''), dice).toString();
        const found = rolesFromText(text, 0);
        expect(found.length).toBeGreaterThan(0);
        expect(found.length).toBeLessThanOrEqual(16);
        for (const witness of found) {
          expectWitness(witness);
          if (witness.role !== 'unknown') expect(text.toLowerCase()).toContain(witness.role);
        }
      }
      reportFuzz('texts', { inputs: half });
    },
    fuzzDeadlineMs,
  );

  it(
    'of pages give roles that are in them, or none',
    () => {
      const dice = random(85);
      let read = 0;
      for (let count = 0; count < half; count += 1) {
        const text = mutate(Buffer.from(pages[count % pages.length] ?? ''), dice).toString();
        const found = rolesFromJson(text);
        read += found.length;
        for (const witness of found) {
          expectWitness(witness);
          expect(text.toLowerCase()).toContain(witness.role);
        }
      }
      reportFuzz('texts', { inputs: half });
      expect(read).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );
});
