import { describe, expect, it } from 'vitest';
import { newClusterTrack, type ClusterTrack } from '../../../../../domain/cluster/observe/cluster-track';
import { detect } from '../../../../../domain/cluster/detect/detect';
import type { Detection } from '../../../../../domain/cluster/detect/detection';
import type { LbRole } from '../../../../../domain/model/role';

const skews: Record<string, number> = { a: 0, b: 10, c: 20 };
const equal: Record<string, number> = { a: 100, b: 100, c: 100 };

/** Feeds looks such as "3100 c master" (milliseconds, LB, role; "silent" for no answer), each of 20 ms. */
const watch = (...looks: string[]): Detection[] => watchWith(skews, looks);

function watchWith(skews: Record<string, number>, looks: readonly string[]): Detection[] {
  let track: ClusterTrack = newClusterTrack(Object.keys(skews));
  return looks.flatMap((look) => {
    const [atMs = '', id = '', word = ''] = look.split(' ');
    const silent = word === 'silent';
    const role = (silent ? 'unknown' : word) as LbRole;
    const [fromMs, toMs] = [Number(atMs) - 20, Number(atMs)];
    const said = {
      witness: 'carp-mib' as const,
      role,
      vhid: 1,
      advbase: 1,
      advskew: skews[id] ?? 0,
      confidence: 1,
    };
    const witnesses = silent ? [] : [{ ...said, maxAgeMs: 0, said: word }];
    const stretch = { fromMs, toMs, fromMonotonicMs: fromMs, toMonotonicMs: toMs };
    const result = detect(track, id, { ...stretch, silent, role, witnesses }, new Set());
    track = result.track;
    return result.detections;
  });
}

const healthy = [
  '100 a master',
  '200 b backup',
  '300 c backup',
  '1100 a init',
  '1200 b backup',
  '1300 c backup',
];

describe('backups that take over together', () => {
  it('are one failover, to the best placed, when a worse one was polled first', () => {
    const found = watch(...healthy, '4240 c master', '4280 b master', '5240 c backup', '5280 b master');
    expect(found).toMatchObject([
      { kind: 'failover', fromEdgeId: 'a', toEdgeId: 'b', bracket: { firstNewMs: 4280 } },
    ]);
  });

  it('are one failover where all have the same priority, to the one that keeps the role', () => {
    const looks = [...healthy, '4240 c master', '4280 b master', '4300 c backup', '5280 b master'];
    const found = watchWith(equal, [...looks, '5300 c backup', '6280 b master']);
    expect(found).toMatchObject([{ kind: 'failover', fromEdgeId: 'a', toEdgeId: 'b' }]);
  });

  it('do not hold up the failover to the best placed', () => {
    const found = watch(...healthy, '4240 b master');
    expect(found).toMatchObject([{ kind: 'failover', toEdgeId: 'b' }]);
  });

  it('are one failover also when the better one was still heard as a backup in between', () => {
    const found = watch(...healthy, '4240 c master', '4280 b backup', '4500 b master', '5240 c backup');
    expect(found).toMatchObject([{ kind: 'failover', fromEdgeId: 'a', toEdgeId: 'b' }]);
  });

  it('leave the role to the worse one when the better one is still a backup a second later', () => {
    const found = watch(...healthy, '4240 c master', '4280 b backup', '5300 b backup');
    expect(found).toMatchObject([{ kind: 'failover', toEdgeId: 'c', bracket: { firstNewMs: 4240 } }]);
  });

  it('do not wait for a better one that does not answer', () => {
    expect(watch(...healthy, '3200 b silent', '4240 c master')).toMatchObject([
      { kind: 'failover', toEdgeId: 'c' },
    ]);
  });
});
