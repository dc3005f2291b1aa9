import { rootFolder } from '../../shared/paths.mjs';
import { lastWords, runPackageScript } from '../../shared/run-command.mjs';

/** @typedef {import('./result.mjs').CheckResult} CheckResult */
/** @typedef {{ filePath: string, messages: { ruleId: string | null, line?: number, column?: number, message: string }[] }} LintedFile */

/**
 * ESLint (with the layer rules) and Prettier over the whole checkout: one check each. A warning is a failure.
 * @returns {Promise<CheckResult>}
 */
export async function checkLint() {
  const failures = (await Promise.all([runEslint(), runPrettier()])).filter((failure) => failure !== null);
  return { part: 'lint', passed: 2 - failures.length, failed: failures.length, skipped: 0, failures };
}

async function runEslint() {
  const run = await runPackageScript('eslint/bin/eslint.js', [
    '.',
    '--format',
    'json',
    '--max-warnings',
    '0',
  ]);
  if (run.code === 0) return null;
  if (!run.stdout.startsWith('[')) return { name: 'eslint', detail: lastWords(run, 30) };
  return { name: 'eslint', detail: describeLint(JSON.parse(run.stdout)) };
}

/**
 * @param {LintedFile[]} files
 * @returns {string} one line for each finding: place, what, rule
 */
export function describeLint(files) {
  return files
    .flatMap((file) =>
      file.messages.map((message) => {
        const place = `${file.filePath.replace(`${rootFolder}/`, '')}:${message.line ?? 0}:${message.column ?? 0}`;
        return `${place} ${message.message} (${message.ruleId ?? 'parser'})`;
      }),
    )
    .join('\n');
}

async function runPrettier() {
  const run = await runPackageScript('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
  if (run.code === 0) return null;
  return { name: 'prettier', detail: `${lastWords(run, 40)}\nnpm run format puts it right.` };
}
