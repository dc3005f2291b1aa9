import type { AcknowledgeAlerts } from '../../domain/alerts/acknowledge-alerts';
import type { AlertChange, SilencePreview } from '../../domain/contract/alerts';
import type { AlertList, AlertNotice, Silence } from '../../domain/model/alert';
import type { AlertMatcher } from '../../domain/model/alert-rule';

export interface SilenceInput {
  /** Of a silence that was made elsewhere; left out: a new one. */
  id?: string;
  matcher: AlertMatcher;
  author: string;
  reason: string;
  endsMs: number;
}

/** The alerts of a running monitor. */
export interface AlertService {
  list(): AlertList;
  /** False: none of them is listed any more. */
  acknowledge(input: AcknowledgeAlerts): boolean;
  preview(matcher: AlertMatcher): SilencePreview;
  addSilence(input: SilenceInput): Silence;
  /** False: it is not in force any more. */
  endSilence(id: string, by: string): boolean;
  /** Calls `listener` with what changed in the list. The returned function unsubscribes. */
  onChange(listener: (change: AlertChange) => void): () => void;
  /** Calls `listener` for each notification that channels deliver. The returned function unsubscribes. */
  onNotice(listener: (notice: AlertNotice) => void): () => void;
}
