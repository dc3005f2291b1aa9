import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, styleElement } from '../../../../domain/report/html';

const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('the html tag', () => {
  it('escapes text and numbers, and nothing else', () => {
    const inner = html`<b>${'<i>'}</b>`;
    expect(String(html`<p title="${`"'&`}">${inner}${[inner, inner]}${null}${7}</p>`)).toBe(
      '<p title="&quot;&#39;&amp;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>\n<b>&lt;i&gt;</b>7</p>',
    );
  });

  it('escapes an object that only looks like markup', () => {
    const fake = { toString: () => '<script>', markup: '<script>' } as unknown as string;
    expect(String(html`${fake}`)).toBe('&lt;script&gt;');
    expect(String(html`${['<script>'] as never}`)).toBe('&lt;script&gt;');
  });

  it('loses no character of a text', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        const escaped = String(html`${text}`);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(decoded(escaped)).toBe(text);
      }),
    );
  });

  it('refuses a style sheet that could end its element', () => {
    expect(String(styleElement('p { margin: 0; }'))).toBe('<style>p { margin: 0; }</style>');
    expect(() => styleElement('</style><script>')).toThrow('must not contain');
  });
});
