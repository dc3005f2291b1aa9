import { describe, expect, it } from 'vitest';
import { InventoryRefused } from '../../../../monitor/inventory/inventory-file';
import { HistoryError, type HistoryFailure } from '../../../../db/model/history-error';
import { putStoppedPage, stoppedPagePath } from '../../../../electron/window/stopped-page';
import { recoveryActions } from '../../../../electron/window/recovery-actions';

const refusal = (code: HistoryFailure['code']): HistoryError =>
  new HistoryError({ code, what: 'What <b>', where: '/h', todo: 'Do.' });

describe('recovery actions after a failed start', () => {
  it('offer a new history only where the old file may be moved aside', () => {
    expect(recoveryActions(refusal('newer-file'))).toEqual(['open-other', 'start-new', 'quit']);
    expect(recoveryActions(refusal('damaged'))).toEqual(['open-other', 'start-new', 'quit']);
    // Somebody else writes it, or the disk refuses: the file must stay where it is.
    expect(recoveryActions(refusal('already-written'))).toEqual(['try-again', 'open-other', 'quit']);
    expect(recoveryActions(refusal('not-writable'))).toEqual(['try-again', 'open-other', 'quit']);
  });

  it('lead from a refused inventory to another one, or to the demo', () => {
    const problem = { place: 'clusters[0]', line: 3, reason: 'Wrong.', todo: 'Fix it.' };
    const actions = recoveryActions(new InventoryRefused('/i.json', [problem]));
    expect(actions).toEqual(['choose-inventory', 'try-again', 'show-demo', 'quit']);
  });

  it('are never none', () => {
    expect(recoveryActions(new Error('no sockets'))).toEqual(['try-again', 'choose-inventory', 'quit']);
  });

  it('stand on the page below each single fault', () => {
    const pages = new Map<string, { html: string; headers: Record<string, string> }>();
    const problems = ['<one>', 'two'].map((reason, at) => ({
      place: 'p',
      line: at + 1,
      reason,
      todo: 'Fix it.',
    }));
    putStoppedPage(pages, new InventoryRefused('/i.json', problems).failure, ['quit']);
    const html = pages.get(stoppedPagePath)?.html ?? '';
    expect(html).toContain('The inventory file has 2 errors');
    expect(html).toContain('<li>Line 1: p: &#60;one&#62; Fix it.</li>\n<li>Line 2: p: two Fix it.</li>');
    expect(html.split('/i.json')).toHaveLength(2);
  });

  it('are links on a page without script, and the failure stays text', () => {
    const pages = new Map<string, { html: string; headers: Record<string, string> }>();
    putStoppedPage(pages, refusal('newer-file').failure, ['start-new', 'quit']);
    const page = pages.get(stoppedPagePath);
    expect(page?.html).toContain('<a href="/recover/start-new">Start a new history</a>');
    expect(page?.html).toContain('<a href="/recover/quit">Quit</a>');
    expect(page?.html).toContain('What &#60;b&#62;');
    expect(page?.html).not.toContain('<script');
    expect(page?.headers['Content-Security-Policy']).not.toContain('script-src');
    putStoppedPage(pages, refusal('newer-file').failure);
    expect(pages.get(stoppedPagePath)?.html).not.toContain('<a ');
  });
});
