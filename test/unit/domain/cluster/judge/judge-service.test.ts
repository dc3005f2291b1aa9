import { describe, expect, it } from 'vitest';
import { newEdgeTrack, observeEdge, type EdgeTrack } from '../../../../../domain/cluster/observe/edge-track';
import { judgeEdge } from '../../../../../domain/cluster/judge/judge-edge';
import { noteOthersAnswered } from '../../../../../domain/cluster/observe/reachability';
import type { Edge } from '../../../../../domain/inventory/inventory';
import type { UnreachableCode } from '../../../../../domain/model/reading';
import { after, around, edge, nowMs, reading } from '../../../../fixtures/cluster/edge-readings';

const silent = { snmp: 'timeout', http: 'timeout' } as const;

describe('an edge with a port to connect to', () => {
  const { snmp: _snmp, http: _http, ...bare } = { ...edge, tcp: { port: 443 } };
  const judgedAs = (of: Edge, track: EdgeTrack) => {
    const { health, reasons } = judgeEdge(of, track, around);
    return [health, ...reasons.map(({ code }) => code)];
  };
  const withAll: Edge = { ...edge, tcp: { port: 443 } };

  it('is degraded when the port is closed again and again, and everything else is well', () => {
    expect(judgedAs(withAll, after({ tcp: 'open' }, { tcp: 'refused' }))).toEqual(['up']);
    const closed = after({ tcp: 'open' }, { tcp: 'refused' }, { tcp: 'timeout' });
    expect(judgedAs(withAll, closed)).toEqual(['degraded', 'port-closed']);
    expect(judgeEdge(withAll, closed, around).reasons[0]).toMatchObject({
      fact: 'Port 443 of e1 does not accept connections.',
      detail: 'Port timeout.',
    });
    expect(judgedAs(withAll, observeEdge(closed, reading({ tcp: 'open' })))).toEqual(['up']);
  });

  it('is down when everything is silent, and not while the port accepts connections', () => {
    const dead = { ...silent, tcp: 'timeout' } as const;
    const track = after({ tcp: 'open' }, dead, dead, dead);
    const alone = observeEdge(noteOthersAnswered(track, nowMs(), nowMs() + 10), reading(dead));
    expect(judgedAs(withAll, alone)).toEqual(['down', 'silent', 'proxy-silent', 'port-closed']);
    const serving = { ...silent, tcp: 'open' } as const;
    const [health, code] = judgedAs(withAll, after({ tcp: 'open' }, serving, serving, serving));
    expect([health, code]).toEqual(['degraded', 'snmp-silent']);
  });

  it('is judged by the port where nothing else is asked: a refusal is sure, silence may be the path', () => {
    const only = (...ports: ('open' | UnreachableCode)[]) =>
      judgedAs(
        bare,
        ports.reduce((track, tcp) => {
          const { tcp: port, ...rest } = reading({ tcp });
          const nothing = { outcome: 'not-asked' } as const;
          return observeEdge(track, { ...rest, tcp: port, snmp: nothing, http: nothing });
        }, newEdgeTrack('e1')),
      );
    expect(only()).toEqual(['unknown', 'not-read-yet']);
    expect(only('open')).toEqual(['up']);
    expect(only('open', 'refused', 'refused')).toEqual(['down', 'port-closed']);
    expect(only('open', 'timeout', 'timeout')).toEqual(['unknown', 'port-closed']);
  });
});
