/** A password may be short; a shorter text is in every sentence. */
const shortestSecret = 3;
/** Other variables hold words such as `production` more often than secrets. */
const shortestValue = 8;
const secretName = /pass|secret|token|key|community|auth|priv|cred|pin$|^HERON_(?!LOG$)/i;

/**
 * A function that replaces the values of environment variables in all texts of a value: those of `secretNames`, of Heron's own and
 * of names such as `…_TOKEN` from three characters on, all others from eight on. Whoever sets them may have put a password anywhere.
 */
export function concealEnvironment(
  environment: NodeJS.ProcessEnv,
  secretNames: ReadonlySet<string>,
): <T>(value: T) => T {
  const hidden = Object.entries(environment)
    .filter((entry): entry is [string, string] => {
      const [name, value = ''] = entry;
      const isSecret = secretNames.has(name) || secretName.test(name);
      return value.trim().length >= (isSecret ? shortestSecret : shortestValue);
    })
    .map(([name, value]) => ({ value: value.trim(), replacement: `(value of ${name})` }))
    // A value may contain another one.
    .sort((a, b) => b.value.length - a.value.length);
  const inText = (text: string): string => {
    let made = text;
    for (const { value, replacement } of hidden) made = made.split(value).join(replacement);
    return made;
  };
  const inValue = (value: unknown): unknown => {
    if (typeof value === 'string') return inText(value);
    if (Array.isArray(value)) return value.map(inValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inValue(one)]));
  };
  return <T>(value: T) => inValue(value) as T;
}
