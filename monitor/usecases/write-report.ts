import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TimeRange } from '../../domain/model/history';
import type { ReportFacts, ReportProof } from '../../domain/report/report-facts';
import { runFileTask } from '../../db/client/run-file-task';
import type { HistoryReadable } from '../../db/client/history';
import { openHistoryReadOnly } from '../../db/open-history';
import type { Workers } from '../../db/threads/workers';
import { collectReport } from './collect-report';

/** What a report covers. */
export interface ReportRequest {
  file: string;
  range: TimeRange;
  clusterIds: readonly string[] | null;
  redact: boolean;
  nowMs: number;
  version: string;
  /** Processes, unless the file is what this Heron records. */
  workers: Workers;
  proof: ReportProof;
}

/**
 * Collects a report of a history file. A redacted one is made from a temporary redacted incident file, so that there is only one
 * implementation of redaction. `open`: the history if it is open already. @throws HistoryError
 */
export async function reportOf(request: ReportRequest, open: HistoryReadable | null): Promise<ReportFacts> {
  const { file, range, clusterIds, redact, nowMs, version, workers, proof } = request;
  const scope = { range, file, version, redacted: redact, proof };
  if (!redact) {
    const history = open ?? (await openHistoryReadOnly({ file, workers, readers: 1 }));
    try {
      return await collectReport(history, { ...scope, clusterIds });
    } finally {
      if (open === null) await history.close();
    }
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'heron-report-'));
  try {
    const out = path.join(folder, 'redacted.heron');
    const task = { task: 'extract' as const, file, out, range, redact, nowMs, version };
    await runFileTask(workers, { ...task, clusterIds: clusterIds === null ? null : [...clusterIds] }).result;
    const history = await openHistoryReadOnly({ file: out, workers, readers: 1 });
    try {
      return await collectReport(history, { ...scope, clusterIds: null });
    } finally {
      await history.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
