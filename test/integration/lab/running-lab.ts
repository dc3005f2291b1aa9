import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startLab, type Lab } from '../../lab/real-lab';
import type { LabOptions } from '../../lab/options';
import { missingForLab } from '../../lab/requirements';

/** Skips every test of this file, with the reason, where no lab can be: no root, no namespaces, a program missing. */
export function skipWithoutLab(): void {
  let reason: string | null = null;
  beforeAll(async () => {
    reason = await missingForLab();
    if (reason !== null) console.warn(`The tests of the real lab are skipped. ${reason}`);
  });
  beforeEach((context) => {
    if (reason !== null) context.skip(reason);
  });
}

/** A lab for all tests of this file. Where no lab can be, every test is skipped with the reason. */
export function useLab(options: Partial<LabOptions>): () => Lab {
  let lab: Lab | null = null;
  skipWithoutLab();
  beforeAll(async () => {
    if ((await missingForLab()) === null) ({ lab } = await startLab(options));
  }, 90_000);
  afterAll(() => lab?.down());
  return () => {
    if (lab === null) throw new Error('No lab is up.');
    return lab;
  };
}
