import { createHash } from 'node:crypto';

/** The origin of everything that Heron shows. */
export const appScheme = 'heron-app';
export const appOrigin = `${appScheme}://app`;

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/**
 * Headers of every response to the page: only Heron's own files, no inline script or style, no eval, no frames, no forms.
 * Strings become code only through Vue's own policy (CSP level 3 and Trusted Types).
 */
export const pageHeaders: Record<string, string> = {
  ...everywhere,
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types vue',
  ].join('; '),
};

/** Headers of a page that has text, pictures that are part of it, and one style sheet, allowed by its hash. */
export function staticPageHeaders(style: string): Record<string, string> {
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    ...everywhere,
    'Content-Security-Policy': `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
