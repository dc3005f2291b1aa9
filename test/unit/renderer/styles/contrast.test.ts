import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../../renderer/styles/tokens.css', import.meta.url), 'utf8');

function tokensOf(theme: 'dark' | 'light' | 'contrast'): Map<string, string> {
  const start = css.indexOf(`[data-theme='${theme}'] {`);
  const block = css.slice(start, css.indexOf('\n}', start));
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function ratio(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const states = ['up', 'degraded', 'down', 'split', 'unknown', 'maint', 'disabled'];
const surfaces = ['bg-0', 'bg-1', 'bg-2', 'bg-3'];

describe.each([
  ['dark', 4.5, null],
  ['light', 4.5, null],
  ['contrast', 7, 3],
] as const)('the %s theme', (theme, text, line) => {
  const tokens = tokensOf(theme);
  const of = (name: string): string => tokens.get(name) ?? 'missing';

  it(`has text of at least ${text}:1 on every surface and tint`, () => {
    for (const ink of ['t-1', 't-2']) {
      for (const surface of [...surfaces, ...states.map((state) => `${state}-tint`)]) {
        expect.soft(ratio(of(ink), of(surface)), `${ink} on ${surface}`).toBeGreaterThanOrEqual(text);
      }
    }
    for (const surface of ['bg-0', 'bg-1', 'bg-2']) {
      expect.soft(ratio(of('t-3'), of(surface)), `t-3 on ${surface}`).toBeGreaterThanOrEqual(text);
    }
    for (const state of states) {
      for (const surface of ['bg-1', `${state}-tint`]) {
        const name = `${state}-ink on ${surface}`;
        expect.soft(ratio(of(`${state}-ink`), of(surface)), name).toBeGreaterThanOrEqual(text);
      }
    }
  });

  it('has marks of at least 3:1, and lines where it says so', () => {
    for (const state of states) {
      expect.soft(ratio(of(state), of('bg-1')), state).toBeGreaterThanOrEqual(3);
    }
    if (line === null) return;
    for (const name of ['line', 'line-2', 'line-3', 'share-a', 'share-b', 'ret']) {
      for (const surface of ['bg-0', 'bg-1', 'bg-2']) {
        expect.soft(ratio(of(name), of(surface)), `${name} on ${surface}`).toBeGreaterThanOrEqual(line);
      }
    }
  });
});
