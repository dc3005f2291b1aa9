import { describe, expect, it } from 'vitest';
import type { Absence } from '../../../../../domain/model/event';
import {
  newRollingTrack,
  observeRolling,
  rollingBefore,
  type RollingTrack,
  type UpdatedEdge,
} from '../../../../../domain/cluster/detect/rolling-update';
import type { SnmpReading } from '../../../../../domain/model/reading';

const startMs = Date.UTC(2026, 10, 24, 1);
const at = (minutes: number): number => startMs + minutes * 60_000;

/** An edge was away from one minute to another; back with this version, restarted in any case. */
interface Away {
  edge: string;
  fromMinute: number;
  toMinute: number;
  version?: string;
}

function device(description: string): SnmpReading {
  return {
    ...{ roleOnly: false, reportedName: null, description, caConnectivity: null, loggingConnectivity: null },
    ...{ cpuPercent: null, swapPercent: null, systemUptimeMs: 1_000, agentUptimeMs: 1_000 },
    ...{ tcpEstablished: null, watched: [], interfaces: [], roles: [] },
    interfaceUse: { management: null, proxy: null, loadBalancer: null },
  };
}

/** Looks at edges e1 to e4 as they go and come; answers the last track, and every run that was told. */
function watch(absences: readonly Away[]): { track: RollingTrack; told: Absence[][] } {
  const edges = new Map<string, UpdatedEdge>();
  const set = (id: string, health: 'up' | 'down', minute: number, version: string, boots: boolean): void => {
    const before = edges.get(id)?.track.rebootedAtMs ?? null;
    const rebootedAtMs = boots ? at(minute) - 1_000 : before;
    const track = {
      health,
      sinceMs: at(minute),
      rebootedAtMs,
      agentRestartedAtMs: rebootedAtMs,
      device: device(version),
      deviceMs: at(minute),
    };
    edges.set(id, { id, name: id, enabled: true, track });
  };
  for (const id of ['e1', 'e2', 'e3', 'e4']) set(id, 'up', 0, 'v1', false);
  let track = newRollingTrack;
  const told: Absence[][] = [];
  const look = (minute: number): void => {
    const next = observeRolling(track, [...edges.values()], at(minute));
    track = next.track;
    if (next.found) told.push(next.found);
  };
  look(0);
  for (const { edge, fromMinute, toMinute, version } of absences) {
    const before = edges.get(edge)?.track.device?.description ?? 'v1';
    set(edge, 'down', fromMinute, before, false);
    look(fromMinute);
    set(edge, 'up', toMinute, version ?? before, true);
    look(toMinute);
  }
  return { track, told };
}

const names = (runs: readonly Absence[][]): string[][] =>
  runs.map((run) => run.map(({ edgeName }) => edgeName));

describe('a rolling update', () => {
  it('has no member that merely restarted, minutes before another was updated', () => {
    const died: Away = { edge: 'e3', fromMinute: 40.4, toMinute: 42.7 };
    const restarted: Away = { edge: 'e1', fromMinute: 50.4, toMinute: 51 };
    expect(watch([died, restarted]).told).toEqual([]);
    expect(watch([died, { ...restarted, version: 'v2' }]).told).toEqual([]);
    const updated = watch([
      died,
      { ...restarted, version: 'v2' },
      { edge: 'e2', fromMinute: 52, toMinute: 53, version: 'v2' },
    ]);
    expect(names(updated.told)).toEqual([['e1', 'e2']]);
  });

  it('is one of restarts that follow each other closely', () => {
    const { told } = watch([
      { edge: 'e1', fromMinute: 10, toMinute: 11 },
      { edge: 'e2', fromMinute: 12, toMinute: 13 },
    ]);
    expect(names(told)).toEqual([['e1', 'e2']]);
  });

  it('may pause for an hour between two that came back with another version', () => {
    const { told } = watch([
      { edge: 'e1', fromMinute: 10, toMinute: 20, version: 'v2' },
      { edge: 'e2', fromMinute: 80, toMinute: 90, version: 'v2' },
    ]);
    expect(names(told)).toEqual([['e1', 'e2']]);
  });

  it('is named as perhaps before a failover only shortly after a mere restart', () => {
    const before = (version?: string): number[] => {
      const away: Away = { edge: 'e2', fromMinute: 10, toMinute: 11, ...(version ? { version } : {}) };
      const { track } = watch([away]);
      return [13, 21].map((minute) => rollingBefore(track, 'e1', at(minute)).length);
    };
    expect(before()).toEqual([1, 0]);
    expect(before('v2')).toEqual([1, 1]);
  });
});
