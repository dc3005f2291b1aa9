const secretKey = /pass(word|phrase)?$|secret$|token$|community$|authkey$|privkey$|authorization$/i;
const named =
  /\b((?:auth|priv)?(?:password|passphrase|pass|secret|token|community|authorization))(["']?\s*[:=]\s*)(?:bearer\s+)?("[^"]*"|'[^']*'|[^\s,;&}]+)/gi;
const inUrl = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]+):[^\s@/]+@/gi;
const deepest = 6;

/**
 * A value as it may be logged: what is named like a secret is replaced, in texts, objects and errors alike. The last line
 * of defence only: secrets are not meant to come near the log.
 */
export function redact(value: unknown): unknown {
  return redactAt(value, 0);
}

function redactAt(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Error) return redactText(value.stack ?? `${value.name}: ${value.message}`);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.map((entry) => redactAt(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      secretKey.test(key) ? '(secret)' : redactAt(entry, depth + 1),
    ]),
  );
}

function redactText(text: string): string {
  return text.replace(named, '$1$2(secret)').replace(inUrl, '$1:(secret)@');
}
