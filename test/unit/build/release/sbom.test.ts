import { expect, it } from 'vitest';
import { shippedBom } from '../../../../build/release/sbom.mjs';

const component = (name: string, version: string, group?: string) => ({
  ...(group === undefined ? {} : { group }),
  ...{ name, version, 'bom-ref': `${group === undefined ? '' : `${group}/`}${name}@${version}` },
});
const bom = {
  components: [
    component('zod', '4.0.0'),
    component('core', '1.0.0', '@vueuse'),
    component('vitest', '4.0.0'),
  ],
  dependencies: [{ ref: 'zod@4.0.0', dependsOn: ['vitest@4.0.0'] }, { ref: 'vitest@4.0.0' }],
};

it('a bill of materials lists what is shipped, and nothing else', () => {
  const shipped = [
    { name: 'zod', version: '4.0.0' },
    { name: '@vueuse/core', version: '1.0.0' },
  ];
  const made = shippedBom(bom, shipped, '45.4.1');
  expect(made.components.map((one) => one['bom-ref'])).toEqual([
    'electron@45.4.1',
    'zod@4.0.0',
    '@vueuse/core@1.0.0',
  ]);
  expect(made.dependencies).toEqual([{ ref: 'zod@4.0.0', dependsOn: [] }]);
  expect(() => shippedBom(bom, [{ name: 'pinia', version: '4.0.0' }], '45.4.1')).toThrow(/pinia@4\.0\.0/);
});
