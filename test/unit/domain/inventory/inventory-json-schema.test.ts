import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryJsonSchema } from '../../../../domain/inventory/inventory-json-schema';
import { arbitraryInventory } from './arbitrary-inventory';

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const published = read('docs/inventory.schema.json');
const example: unknown = JSON.parse(read('test/fixtures/inventories/example.json'));

// A validator of other people's making: what it accepts, editors accept. The formats' own rules are Heron's.
const ajv = new Ajv2020({ strict: true, formats: { ipv4: true, uri: true } });
const valid = ajv.compile(JSON.parse(published) as object);

describe('the published JSON Schema', () => {
  it('is current (else: npm run -s heron -- inventory schema > docs/inventory.schema.json)', () => {
    expect(inventoryJsonSchema()).toBe(published);
  });

  it('accepts the example', () => {
    expect(valid(example)).toBe(true);
  });

  it('accepts what Heron accepts', () => {
    fc.assert(
      fc.property(arbitraryInventory(), (input) => {
        expect(valid(JSON.parse(JSON.stringify(input))), JSON.stringify(valid.errors)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it.each<[string, string, string]>([
    ['an unknown key', '"lbIp"', '"lbip"'],
    ['a missing key', '"clusterIp"', '"$schema2"'],
    ['a password for a variable name', '"HERON_NOC_AUTH"', '"p4ss word"'],
    ['a wrong type', '"ipsecLocalTermination": false', '"ipsecLocalTermination": "no"'],
  ])('refuses %s', (_name, from, to) => {
    expect(valid(JSON.parse(read('test/fixtures/inventories/example.json').replace(from, to)))).toBe(false);
  });
});
