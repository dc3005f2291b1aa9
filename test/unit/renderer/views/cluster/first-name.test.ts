import { describe, expect, it } from 'vitest';
import { firstNameOf } from '../../../../../renderer/views/cluster/first-name';

describe('the first name of a row', () => {
  it('is known where it was renamed since, and empty otherwise', () => {
    const of = (kind: 'cluster' | 'standalone', id: string, name: string) => firstNameOf({ kind, id, name });
    expect(of('cluster', 'fra-01', 'fra-main')).toBe('fra-01');
    expect(of('cluster', 'fra-01~2', 'fra-main')).toBe('fra-01');
    expect(of('standalone', 'edge:mad', 'madrid')).toBe('mad');
    expect(of('cluster', 'fra-01', 'fra-01')).toBe('');
    expect(of('cluster', 'fra-01~2', 'fra-01')).toBe('');
    expect(of('cluster', 'constructor~2', 'constructor')).toBe('');
    expect(of('cluster', 'a~2', 'a~2')).toBe('');
    expect(of('standalone', 'edge:mad', 'mad')).toBe('');
  });
});
