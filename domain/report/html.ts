/** HTML or SVG in which every inserted value is escaped. Only `html` and `styleElement` make it. */
class Markup {
  constructor(private readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

export type Html = Markup;

/** What may be inserted: text and numbers are escaped, markup is not, null is nothing. */
type Inserted = string | number | Html | readonly Html[] | null;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Template tag for HTML and SVG: html`<td title="${name}">${name}</td>`. Values may stand in content and within quotes in an
 * attribute, never in a tag's or attribute's name, a script or a style sheet.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  return new Markup(strings.map((text, index) => text + inserted(values[index] ?? null)).join(''));
}

/** A style element. @throws Error when the style sheet contains a tag's beginning, which could end the element. */
export function styleElement(css: string): Html {
  if (css.includes('<')) throw new Error('A style sheet must not contain "<".');
  return new Markup(`<style>${css}</style>`);
}

function inserted(value: Inserted): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.toString();
  if (Array.isArray(value)) return value.map((each: Inserted) => inserted(each)).join('\n');
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
