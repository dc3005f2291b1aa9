import type { RequestFailure } from '../../domain/contract/contract';
import { staticPageHeaders } from '../security/content-policy';
import type { MadePages } from '../security/app-protocol';
import { recoveryLink, recoveryWords, type RecoveryAction } from './recovery-actions';

const style = `
:root { color-scheme: dark light; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #0b1016; color: #e8eef4;
  font: 14px/22px Inter, system-ui, sans-serif; }
main { max-width: 640px; padding: 24px; border-left: 4px solid #ff6a5c; background: #2b1517; border-radius: 4px; }
h1 { margin: 0 0 8px; font-size: 20px; line-height: 28px; font-weight: 600; }
ol { max-height: 40vh; margin: 12px 0 0; padding: 8px 12px 8px 44px; overflow: auto; border: 1px solid #66788a;
  border-radius: 4px; background: #10171f; overflow-wrap: anywhere; }
ol:focus-visible { outline: 2px solid #dcebfa; outline-offset: 2px; }
p { margin: 8px 0 0; white-space: pre-line; overflow-wrap: anywhere; }
ul { display: grid; gap: 12px; margin: 20px 0 0; padding: 0; list-style: none; }
a { display: inline-block; padding: 4px 12px; border: 1px solid #66788a; border-radius: 4px; background: #10171f;
  color: inherit; font-weight: 500; text-decoration: none; }
a:hover { border-color: #e8eef4; }
a:focus-visible { outline: 2px solid #dcebfa; outline-offset: 2px; }
.where, li span { color: #b4c1ce; }
li span { margin-left: 12px; }
@media (prefers-color-scheme: light) {
  body { background: #eef2f6; color: #111a23; }
  main { background: #fdeded; border-color: #c7263a; }
  .where, li span { color: #3a4856; }
  a, ol { background: #fff; border-color: #7c8c9c; }
  a:hover { border-color: #111a23; }
  a:focus-visible, ol:focus-visible { outline-color: #1b2733; }
}
`;

/** Shown when the page crashes again after each reload. */
export function repeatedCrash(retryInWords: string): RequestFailure {
  return {
    what: 'Heron goes on monitoring, but cannot show it.',
    where: 'Its page crashed or stopped responding several times within a minute.',
    todo: `It is shown again in ${retryInWords}. If this repeats, please report it: the log file has the details.`,
  };
}

export const stoppedPagePath = '/stopped.html';

/** Makes the page that says what stopped, where, and what to do, with the recovery actions as links. No script runs on it. */
export function putStoppedPage(
  pages: MadePages,
  failure: RequestFailure,
  actions: readonly RecoveryAction[] = [],
  title = 'Heron is not monitoring',
): void {
  const links = actions.map((action) => {
    const { label, hint } = recoveryWords[action];
    return `<li><a href="${recoveryLink(action)}">${label}</a><span>${hint}</span></li>`;
  });
  const faults = (failure.faults ?? []).map((fault) => `<li>${escaped(fault)}</li>`);
  const html = `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style></head>
<body><main role="alert">
<h1>${escaped(failure.what)}</h1>
<p class="where">${escaped(failure.where)}</p>
${faults.length > 0 ? `<ol tabindex="0" aria-label="Errors">${faults.join('\n')}</ol>` : ''}
<p>${escaped(failure.todo)}</p>
${links.length > 0 ? `<ul>${links.join('\n')}</ul>` : ''}
</main></body>
</html>`;
  pages.set(stoppedPagePath, { html, headers: staticPageHeaders(style) });
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
