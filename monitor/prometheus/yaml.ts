/** Plain data as YAML in block style. Texts are in quotes where they are no plain words; JSON's escapes are YAML's. */
export function toYaml(value: unknown): string {
  return `${lines(value).join('\n')}\n`;
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => lines(item).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`));
  }
  if (typeof value !== 'object' || value === null) return [scalar(value)];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (part === undefined) return [];
    const isEmpty = typeof part === 'object' && part !== null && Object.keys(part).length === 0;
    if (isEmpty) return [`${word(key)}: ${Array.isArray(part) ? '[]' : '{}'}`];
    if (typeof part !== 'object' || part === null) return [`${word(key)}: ${scalar(part)}`];
    return [`${word(key)}:`, ...lines(part).map((line) => `  ${line}`)];
  });
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? word(value) : JSON.stringify(value);
}

/** Words that YAML 1.1 or 1.2 could read as something else are quoted. */
function word(text: string): string {
  const isPlain = /^[A-Za-z_/][\w./-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text);
  if (isPlain) return text;
  return /['\p{C}]/u.test(text) ? JSON.stringify(text) : `'${text}'`;
}
