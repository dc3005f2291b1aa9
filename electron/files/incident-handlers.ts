import { app } from 'electron';
import type { SignerOrWhyNot } from '../../db/chain/signer';
import { runFileTask } from '../../db/client/run-file-task';
import type { RequestName } from '../../domain/contract/contract';
import type { TimeRange } from '../../domain/model/history';
import { RequestRefused } from '../../domain/contract/request-refused';
import { reportHtml } from '../../domain/report/report-html';
import { logoType, mostLogoBytes } from '../../domain/report/report-logo';
import type { ReportLogo } from '../../domain/report/report-summary';
import { systemClock } from '../../monitor/base/clock';
import { log } from '../../monitor/log/log';
import type { KnownKeysStore } from '../../monitor/proof/known-keys';
import { partSigner } from '../../monitor/proof/part-signer';
import { signIncidentFile } from '../../monitor/proof/sign-incident-file';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { CurrentHistory, CurrentHistoryOf } from '../../monitor/usecases/current-history';
import type { OpenedFiles } from '../../monitor/usecases/opened-files';
import { reportProof } from '../../monitor/usecases/report-proof';
import { reportOf } from '../../monitor/usecases/write-report';
import { chooseFileToSave } from '../window/dialogs';
import type { FileServices } from './file-handlers';
import { workersFor } from './file-workers';
import { printPage } from './print-page';
import { writeChosen } from './write-chosen';

/** The handlers that make incident files and reports of the current history. */
export function incidentHandlers(
  { files, window, pages, keys }: FileServices,
  currentHistory: CurrentHistoryOf,
): Pick<RequestHandlers, Extract<RequestName, `incident.${string}`>> {
  return {
    'incident.save': async ({ range, clusterIds, redact }) => {
      const current = await currentHistory();
      const { file, prove } = current;
      const workers = workersFor(current);
      const out = await chooseFileToSave(window.current, {
        title: 'Save the incident file',
        defaultPath: fileName(range, 'heron'),
        filters: [{ name: 'Incident file', extensions: ['heron'] }],
      });
      if (out === null) return null;
      await sealed(prove);
      const key = signerOfCuts(files, keys);
      const { by, provenUpToMs } = await partSigner(
        { file, workers, trusted: [...keys.names().keys()] },
        key,
        redact,
      );
      const nowMs = Math.round(systemClock.nowMs());
      const asked = { file, out, force: true, range, clusterIds, redact, nowMs, provenUpToMs };
      const task = { task: 'extract' as const, ...asked, version: app.getVersion() };
      const made = await runFileTask(workers, task).result;
      return { ...made, ...(await signIncidentFile(made, by, workers)) };
    },
    'incident.report': async ({ range, clusterIds, redact, kind, title, logo }) => {
      const look = { title, logo: logo === null ? null : reportLogo(logo) };
      const current = await currentHistory();
      const { file, history, prove } = current;
      const workers = workersFor(current);
      const out = await chooseFileToSave(window.current, {
        title: 'Save the report',
        defaultPath: fileName(range, kind),
        filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
      });
      if (out === null) return null;
      const nowMs = Math.round(systemClock.nowMs());
      await sealed(prove);
      const trusted = [...keys.names().keys()];
      const verifying =
        (await files.verifyReport()) ??
        runFileTask(workers, { task: 'verify', file, key: null, trusted, anchor: null }).result;
      const proof = reportProof(await verifying, redact);
      const version = app.getVersion();
      const scope = { file, range, clusterIds, redact, nowMs, version, workers, proof };
      const html = reportHtml(await reportOf(scope, history), look);
      await writeChosen(out, kind === 'html' ? html : await printPage(html, pages), 'The report', [file]);
      return out;
    },
  };
}

/** Seals and signs the history up to now. Where that fails, what is made of it names what is not sealed. */
async function sealed(prove: CurrentHistory['prove']): Promise<void> {
  await prove?.().catch((fault: unknown) => log.warn('The history was not sealed:', fault));
}

/** This computer's key vouches for what it recorded, and for what a trusted key proves; not for a file of which that is unknown. */
function signerOfCuts({ opened }: OpenedFiles, keys: KnownKeysStore): SignerOrWhyNot {
  if (opened === null || opened.verification.state === 'verified') return keys.signer();
  return {
    signer: null,
    words: 'the open file is not verified, so this computer’s key does not sign a part of it.',
  };
}

/** @throws RequestRefused when it is no picture that a report can have */
function reportLogo(base64: string): ReportLogo {
  const type = logoType(Buffer.from(base64, 'base64'));
  if (type !== null) return { type, base64 };
  throw new RequestRefused({
    what: 'The logo cannot be used.',
    where: 'The file that was chosen as logo.',
    todo: `Choose a PNG or JPEG file of at most ${mostLogoBytes / 1024} KiB.`,
  });
}

/** Named by the beginning of the range, UTC. */
function fileName({ fromMs }: TimeRange, extension: string): string {
  const stamp = new Date(fromMs).toISOString().slice(0, 16).replaceAll(':', '');
  return `heron-${stamp}Z.${extension}`;
}
