import { annex } from './report-annex';
import { html, styleElement } from './html';
import type { ReportFacts } from './report-facts';
import { reportStyle } from './report-style';
import { rangeText, summary, type ReportLook } from './report-summary';

const plainLook: ReportLook = { title: null, logo: null };

/**
 * A report as one page of HTML: a summary for customers, then an annex for those who check it. One style sheet, no script, nothing from
 * elsewhere; a logo is part of the page.
 */
export function reportHtml(facts: ReportFacts, look: ReportLook = plainLook): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${look.title ?? 'Heron report'}, ${rangeText(facts)} UTC</title>
        ${styleElement(reportStyle)}
      </head>
      <body>
        <section class="summary">${summary(facts, look)}</section>
        <section class="annex">
          <h1>Annex</h1>
          ${annex(facts)}
        </section>
      </body>
    </html> `.toString();
}
