import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../../../domain/model/incident';
import { subjectOf } from '../../../../../renderer/views/incidents/file-subject';
import { rangeOf } from '../../../../../renderer/views/incidents/incident-range';

const incident = (id: number, startMs: number, endMs: number | null): Incident =>
  ({ id, startMs, endMs }) as Incident;
const hour = { fromMs: 0, toMs: 3_600_000 };

describe('the incident that a file is about', () => {
  it('is its only one', () => {
    expect(subjectOf([incident(7, 1000, 2000)], hour)?.id).toBe(7);
    expect(subjectOf([], hour)).toBeNull();
  });

  it('is the one from whose page it was saved, among several', () => {
    const saved = incident(2, 600_000, 720_000);
    const others = [incident(1, 590_000, 730_000), incident(3, 640_000, 650_000)];
    expect(subjectOf([...others, saved], rangeOf(saved, 0))?.id).toBe(2);
    const open = incident(4, 600_000, null);
    expect(subjectOf([...others, open], rangeOf(open, 900_000))?.id).toBe(4);
  });

  it('is none where the file is of a range', () => {
    expect(subjectOf([incident(1, 1000, 2000), incident(2, 3000, 4000)], hour)).toBeNull();
  });
});
