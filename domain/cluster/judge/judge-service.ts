import { sentence } from '../../words/sentence';
import type { Reason } from '../../model/health';
import type { Edge } from '../../inventory/inventory';
import { thresholds } from '../../model/thresholds';
import type { EdgeTrack } from '../observe/edge-track';
import { isNameless, namelessReason } from './name-reasons';

/** What an edge's service shows of it: its health page and its port, as users reach it. */
export interface ServiceAssessment {
  /** It carries no users' traffic, unless the path to it is what is broken. */
  down: boolean;
  reasons: Reason[];
}

/** Judges the health page and the port together. One lost connection is not an outage. */
export function judgeService(edge: Edge, track: EdgeTrack): ServiceAssessment {
  const page = judgePage(edge, track);
  const port = judgePort(edge, track);
  return { down: page.down || port.down, reasons: [...page.reasons, ...port.reasons] };
}

function judgePage(edge: Edge, track: EdgeTrack): ServiceAssessment {
  const http = track.http;
  if (!edge.http || !http.asked) return { down: false, reasons: [] };
  if (isNameless(http)) return { down: false, reasons: [namelessReason(edge, http)] };
  if (http.failures >= thresholds.httpFailures) {
    const fact = http.answeredOnce
      ? `The proxy of ${edge.name} stopped answering.`
      : `The health page of ${edge.name} never answered.`;
    const failure = sentence(http.lastFailure?.words ?? '');
    const detail = http.answeredOnce ? failure : `${failure} Is the edge’s responder enabled?`;
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
    const fact = `The health page of ${edge.name} does not have the expected size.`;
    const detail = `It sent ${page.bodyBytes} bytes.`;
    return { down: false, reasons: [{ code: 'page-size', fact, detail }] };
  }
  return { down: false, reasons: [] };
}

/** A closed port means one service less; where nothing else is polled, it means that the edge is down. */
function judgePort(edge: Edge, track: EdgeTrack): ServiceAssessment {
  if (!edge.tcp || track.tcp.failures < thresholds.tcpFailures) return { down: false, reasons: [] };
  if (isNameless(track.tcp)) return { down: false, reasons: [namelessReason(edge, track.tcp)] };
  const fact = `Port ${edge.tcp.port} of ${edge.name} does not accept connections.`;
  const reason = { code: 'port-closed', fact, detail: sentence(track.tcp.lastFailure?.words ?? '') };
  return { down: !edge.snmp && !edge.http, reasons: [reason] };
}
