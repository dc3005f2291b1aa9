import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../../../domain/redaction/vocabulary';

/** Where the sentences of events, reasons and gaps are written. */
const folders = [
  'domain/cluster',
  'domain/alerts',
  'domain/words',
  'domain/traps',
  'domain/incidents',
  'domain/model',
  'monitor/host',
  'monitor/http',
  'monitor/tcp',
  'monitor/base',
  'monitor/poll',
  'monitor/pipeline',
  'monitor/traps',
  'monitor/snmp/agent',
  'monitor/snmp/devices',
  'monitor/snmp/client',
  'db/write',
  'db/recover',
];
const files = ['domain/inventory/configuration-findings.ts'];

/** The words in the strings of a file. */
function wordsOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      // Words of sentences: a SQL text or an identifier of the source has others.
      if (/^[^=()]* [^=()]*$/.test(node.text) && !/[A-Z]{3,} |_/.test(node.text))
        found.push(...(node.text.match(/[A-Za-z][A-Za-z0-9]*(?:[’'][a-z]+)?/g) ?? []));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

describe('the vocabulary of redaction', () => {
  it('has the words of the sentences that Heron writes', () => {
    const sources = folders
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
      )
      .filter((name) => name.endsWith('.ts'));
    const words = [...sources, ...files].flatMap(wordsOf).map((word) => word.toLowerCase().replace('’', "'"));
    expect(words.length).toBeGreaterThan(1000);
    const unique = [...new Set(words)];
    const missing = unique.filter((word) => !vocabulary.has(word));
    // A missing word is only left out of sentences; add these when there are more than a few.
    expect(missing.length / unique.length, missing.join(' ')).toBeLessThan(0.02);
  });
});
