import { exitCode, UsageError } from '../common/command-line';
import { runAnchor } from './audit-anchor';
import { runNewKey } from './audit-new-key';
import { runTrust } from './audit-trust';
import { runVerify } from './audit-verify';
import { print } from '../common/print';

export const auditUsage = `heron audit: proves what a history says (docs/history-format.md). Files are opened read-only.

  heron audit verify FILE [--key FINGERPRINT] [--anchor FILE] [--json] [--quiet]
      Checks every record, one line a check, then the verdict. Exit code 0: VERIFIED, everything is proven by a key that you
      gave or trust; 3: VERIFIED UP TO a time, and what is recorded later is not proven; 1: a record is not as it was
      written, or no key that you trust signed the file; 2: it is not a history that can be read.
      --key      the fingerprint of the key that must have signed it; without it, the keys of "heron audit trust" count
      --anchor   an anchor exported earlier: detects whether the history was truncated or rewritten since
      --json     the whole report as JSON
      --quiet    no progress on standard error
  heron audit anchor FILE --out FILE [--force]
      Writes where the history stands now, with its last signature, as a small file to be kept elsewhere.
  heron audit open FILE
      Opens a history or incident file in Heron's window, read-only. Where there is no window, says what the file is.
  heron audit report FILE [--from TIME] [--to TIME] [--cluster NAME] [--format csv|json|html] [--redact]
                     [--title TEXT] [--logo FILE] [--out FILE] [--force]
      Availability of each cluster and edge as [worst, best], failovers, the longest time without an active LB; as HTML
      with the timeline, brackets, evidence and incidents. Times are UTC: 2026-11-22T14:00.
      --title, --logo   for customers: the heading of the page, and a PNG or JPEG picture beside it; html only
      --force    replace an existing file; never a history, a key or an inventory
  heron audit query FILE WHAT [--from TIME] [--to TIME] [--cluster NAME] [--zone ZONE] [--format table|jsonl|csv|html|parquet]
                    [--out FILE [--manifest] [--force]] [--verify]
      Answers one question as a table, of all that the file knows or of a range, one line a record:
        active-lb --at TIME   the active LB of each cluster at that moment
        role-changes, failovers   each with the last reading of the old and the first of the new
        alerts                what alerted, changed and cleared, with its evidence, and who acknowledged it
        acknowledgements, silences, notes   each with its author; notes lists acknowledgements, too
        maintenance           planned, changed and cancelled by whom; began and ended on each cluster
        configuration         each changed field, before and after
        gaps                  when nothing was monitored, and why
        availability          [worst, best], also of the monitored time alone; nothing counts before it was configured
          --target PERCENT    whether it was met, and the error budget: allowed, used and left
          --monthly           a row for each calendar month
          --hours HOURS       only these hours count, such as "Mon-Fri 08:00-18:00" or "22:00-06:00"; otherwise 24x7
          --holidays DAYS     these days do not count: a file with one a line, or a list: "2026-12-25, 01-01 New Year"
        samples               every retained sample of every edge: answer time, loads, sessions, traffic
      --zone     the time zone of months, hours and holidays, such as Europe/Berlin; adds local times, and is the zone of
                 every TIME that does not end in Z. Without it all of them are UTC
      --format   table for people is the default on a terminal, otherwise jsonl. csv takes --separator ';' and --bom for
                 spreadsheets; no text in it can run as a formula. parquet needs --out
      --verify   verify the file first; the verdict is printed on standard error, and is part of an HTML page
      --manifest also writes FILE.sha256, for "sha256sum -c". The same file and question give the same bytes
  heron audit trust [FINGERPRINT --name NAME [--from TEXT] | FINGERPRINT --remove]
      Lists the keys that you trust, adds one, or removes one. Compare the fingerprint with its owner first.
  heron audit new-key KEYFILE
      Puts a new signing key in use; the old one vouches for it in each history at its next signing.
`;

/** `heron audit …`. Resolves to the exit code. @throws UsageError */
export async function runAudit(args: string[]): Promise<number> {
  const [what, ...rest] = args;
  if (what === undefined || what === '--help' || what === '-h' || rest.includes('--help')) {
    print(auditUsage);
    return what === undefined ? exitCode.wrongUse : exitCode.done;
  }
  if (what === 'verify') return runVerify(rest);
  if (what === 'anchor') return runAnchor(rest);
  if (what === 'new-key') return runNewKey(rest);
  if (what === 'trust') return runTrust(rest);
  if (what === 'open') return (await import('./audit-open')).runOpen(rest);
  if (what === 'query') return (await import('./audit-query')).runQuery(rest);
  if (what === 'report') return (await import('./audit-report')).runReport(rest);
  throw new UsageError(`There is no heron audit ${JSON.stringify(what)}.`);
}
