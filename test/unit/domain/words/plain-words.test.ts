import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { glossary } from '../../../../domain/words/glossary';
import { sentence } from '../../../../domain/words/sentence';

const root = path.resolve(import.meta.dirname, '../../../..');
const layers = ['domain', 'db', 'monitor', 'electron', 'cli', 'renderer'];

/** Phrases that were on screen once and that people stumbled over. */
const odd = [
  /nobody has it/i,
  /and it alone/i,
  /who says so/i,
  /nobody says/i,
  /is now no active/i,
  /since heron watches/i,
  /what do you know\?/i,
  /data no answer/i,
  /could not be seen/i,
  /is not right\b/i,
  /to be put right/i,
  /everything is right/i,
  /it has at most/i,
  /is asked there/i,
  /written down/i,
  /not wholly proven/i,
  /sealed heads/i,
  /does not have its hash/i,
  /thickness is badness/i,
  /straight back/i,
  /past the lb\b/i,
  /nobody watche[sd]/i,
  /\bsmlb,/i,
  /\b(can|cannot|not) be asked\b/i,
  /somebody asked/i,
];

/** The texts of a source file that people may read: literals with a space, and those of a template's markup. */
function textsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const script = file.endsWith('.vue')
    ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(source)?.[1] ?? '')
    : source;
  const markup = file.endsWith('.vue') ? (/<template>[\s\S]*<\/template>/.exec(source)?.[0] ?? '') : '';
  const found = markup.replace(/<!--[\s\S]*?-->/g, '').split('\n');
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      if (node.text.includes(' ')) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true));
  return found;
}

describe('the words on screen, in files and in the terminal', () => {
  it('are a NOC’s', () => {
    const files = layers.flatMap((layer) =>
      readdirSync(path.join(root, layer), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|vue)$/.test(name))
        .map((name) => path.join(root, layer, name)),
    );
    expect(files.length).toBeGreaterThan(400);
    const faults = files.flatMap((file) =>
      textsOf(file).flatMap((text) =>
        odd.filter((phrase) => phrase.test(text)).map(() => `${path.relative(root, file)}: ${text.trim()}`),
      ),
    );
    expect(faults).toEqual([]);
    // It parses every source file, which takes seconds beside other work.
  }, 60_000);

  it('find odd phrases where there are some', () => {
    expect(odd.some((phrase) => phrase.test('Unacknowledged. Nobody has it.'))).toBe(true);
  });

  it('are explained where a newcomer may not know them', () => {
    for (const { term, meaning } of Object.values(glossary)) {
      expect(meaning, term).toBe(sentence(meaning));
      expect(meaning.length, term).toBeLessThan(190);
    }
  });
});

it('a sentence has a capital and a full stop', () => {
  expect(sentence('nothing answered on 10.0.0.1')).toBe('Nothing answered on 10.0.0.1.');
  expect(sentence('eth1 is down')).toBe('eth1 is down.');
  expect(sentence('fra-01-05 fell silent')).toBe('fra-01-05 fell silent.');
  expect(sentence('Is it on?')).toBe('Is it on?');
  expect(sentence(' ')).toBe('');
});
