import { describe, expect, it } from 'vitest';
import { edgeStep, type StepNumbers } from '../../../../domain/past/step-judgement';

const master: StepNumbers = {
  answersMin: 1,
  answersMax: 1,
  scrapes: 10,
  faultsMin: 0,
  faultsMax: 0,
  roleMin: 2,
  roleMax: 2,
  roleSamples: 10,
};

describe('what the numbers of a step prove', () => {
  it('is that nothing was wrong where no sample had a fault', () => {
    expect(edgeStep(master, 9).faults).toBe('never');
  });

  it('is nothing about faults where the engine has no number of them', () => {
    expect(edgeStep({ ...master, faultsMin: null, faultsMax: null }, 9).faults).toBe('unknown');
    expect(edgeStep({ ...master, faultsMax: null }, 9).faults).toBe('unknown');
  });
});
