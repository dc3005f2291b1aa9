import { BrowserWindow } from 'electron';
import { reportStyle } from '../../domain/report/report-style';
import type { MadePages } from '../security/app-protocol';
import { appOrigin, staticPageHeaders } from '../security/content-policy';

let printed = 0;

/**
 * Prints a page that Heron made to PDF, in a hidden sandboxed window without a preload script, under a policy that allows
 * its one style sheet and nothing else.
 */
export async function printPage(html: string, pages: MadePages): Promise<Buffer> {
  const place = `/report-${(printed += 1)}.html`;
  pages.set(place, { html, headers: staticPageHeaders(reportStyle) });
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    },
  });
  try {
    await window.loadURL(`${appOrigin}${place}`);
    return await window.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<span style="width:100%;text-align:center;font-size:8px;color:#566473"><span class="pageNumber"></span> of <span class="totalPages"></span></span>',
    });
  } finally {
    window.destroy();
    pages.delete(place);
  }
}
