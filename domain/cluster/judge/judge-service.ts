import type { Reason } from '../../model/health';
import type { Edge } from '../../inventory/inventory';
import { thresholds } from '../../model/thresholds';
import type { EdgeTrack, SourceTrack } from '../observe/edge-track';

/** What an edge's service says of it: its health page and its port, as users reach it. */
export interface ServiceWord {
  /** It carries no users' traffic, if it is not the path to it that is broken. */
  down: boolean;
  reasons: Reason[];
}

/** Judges the health page and the port together. One lost connection is not an outage. */
export function judgeService(edge: Edge, track: EdgeTrack): ServiceWord {
  const page = judgePage(edge, track);
  const port = judgePort(edge, track);
  return { down: page.down || port.down, reasons: [...page.reasons, ...port.reasons] };
}

/** The sources that ask the service and have been asked. */
export function serviceSources(edge: Edge, track: EdgeTrack): SourceTrack[] {
  return [edge.http ? [track.http] : [], edge.tcp ? [track.tcp] : []].flat().filter(({ asked }) => asked);
}

/** When the service last answered, monotonic milliseconds, if its latest poll was answered; null otherwise. */
export function serviceAnsweredMs(edge: Edge, track: EdgeTrack): number | null {
  const times = serviceSources(edge, track).flatMap((source) =>
    source.failures === 0 ? (source.lastAnswerMonotonicMs ?? []) : [],
  );
  return times.length > 0 ? Math.max(...times) : null;
}

/** It was asked in every way it has, again and again, and nothing was heard of it. */
export function isServiceGone(edge: Edge, track: EdgeTrack): boolean {
  const sources = serviceSources(edge, track);
  const refuses = edge.tcp && track.tcp.lastFailure?.code === 'refused';
  return sources.length > 0 && !refuses && sources.every(({ failures }) => failures > 1);
}

function judgePage(edge: Edge, track: EdgeTrack): ServiceWord {
  const http = track.http;
  if (!edge.http || !http.asked) return { down: false, reasons: [] };
  if (http.failures >= thresholds.httpFailures) {
    const fact = http.answeredOnce
      ? `The proxy of ${edge.name} stopped answering.`
      : `The health page of ${edge.name} never answered.`;
    const detail = http.answeredOnce
      ? (http.lastFailure?.words ?? '')
      : `${http.lastFailure?.words ?? ''} Is the edge’s responder enabled?`;
    const code = http.answeredOnce ? 'proxy-silent' : 'page-never-answered';
    return { down: http.answeredOnce, reasons: [{ code, fact, detail }] };
  }
  const page = track.page;
  if (http.failures > 0 || !page) return { down: false, reasons: [] };
  if (page.status < 200 || page.status > 299) {
    const fact = `The proxy of ${edge.name} answers HTTP ${page.status}.`;
    return { down: false, reasons: [{ code: 'page-status', fact, detail: 'It should answer 200.' }] };
  }
  if (page.bodyAsExpected === false) {
    const fact = `The health page of ${edge.name} has another size than asked for.`;
    const detail = `It sent ${page.bodyBytes} bytes.`;
    return { down: false, reasons: [{ code: 'page-size', fact, detail }] };
  }
  return { down: false, reasons: [] };
}

/** A closed port alone is a service less; where nothing else is asked, it is all there is to see of the edge. */
function judgePort(edge: Edge, track: EdgeTrack): ServiceWord {
  if (!edge.tcp || track.tcp.failures < thresholds.tcpFailures) return { down: false, reasons: [] };
  const fact = `Port ${edge.tcp.port} of ${edge.name} does not accept connections.`;
  const reason = { code: 'port-closed', fact, detail: track.tcp.lastFailure?.words ?? '' };
  return { down: !edge.snmp && !edge.http, reasons: [reason] };
}
