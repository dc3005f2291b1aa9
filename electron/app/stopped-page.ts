import type { RequestFailure } from '../../domain/contract/contract';
import { staticPageHeaders } from './content-policy';
import type { MadePages } from './app-protocol';

const style = `
:root { color-scheme: dark light; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #0b1016; color: #e8eef4;
  font: 14px/22px Inter, system-ui, sans-serif; }
main { max-width: 640px; padding: 24px; border-left: 4px solid #ff6a5c; background: #2b1517; border-radius: 4px; }
h1 { margin: 0 0 8px; font-size: 20px; line-height: 28px; font-weight: 600; }
p { margin: 8px 0 0; white-space: pre-line; overflow-wrap: anywhere; }
.where { color: #b4c1ce; }
@media (prefers-color-scheme: light) {
  body { background: #eef2f6; color: #111a23; }
  main { background: #fdeded; border-color: #c7263a; }
  .where { color: #3a4856; }
}
`;

export const stoppedPagePath = '/stopped.html';

/** Puts up the page that says why Heron does not watch: what stopped, where, what to do. Text only; no script runs on it. */
export function putStoppedPage(pages: MadePages, failure: RequestFailure): void {
  const html = `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Heron does not watch</title><style>${style}</style></head>
<body><main role="alert">
<h1>${escaped(failure.what)}</h1>
<p class="where">${escaped(failure.where)}</p>
<p>${escaped(failure.todo)}</p>
</main></body>
</html>`;
  pages.set(stoppedPagePath, { html, headers: staticPageHeaders(style) });
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
