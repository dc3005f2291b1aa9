import { app, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { deepLinkSchema, parseDeepLink, type DeepLink } from '../../domain/contract/deep-link';
import { pageOf } from './link-page';
import { log } from '../../monitor/log/log';
import { loadPage } from './main-window';

/** heron:// links, from the command line, from a second start and from the system: each shows its view in the window there is. */
export class Links {
  constructor(
    private first: DeepLink | null,
    private readonly currentWindow: () => BrowserWindow | null,
  ) {}

  /** The page that the window begins with. */
  get firstPage(): string {
    return this.first === null ? '/' : pageOf(this.first);
  }

  /** Takes links from the system: in a package only, so that a checkout never takes them from an installed Heron. */
  take(): void {
    if (app.isPackaged && !app.setAsDefaultProtocolClient('heron'))
      log.warn('The system did not let Heron take heron:// links.');
    // macOS hands a link over this way, at the start and later.
    app.on('open-url', (event, url) => {
      event.preventDefault();
      const link = parseDeepLink(url);
      if (link === null) log.warn('A heron:// link was refused: it leads nowhere in Heron.');
      else this.open(link);
    });
  }

  /** What a second start handed over, if there is a link in it. */
  openHandedOver(handedOver: unknown): void {
    const read = z.object({ link: deepLinkSchema }).safeParse(handedOver);
    if (read.success) this.open(read.data.link);
  }

  /** One that comes before there is a window is shown with it. */
  private open(link: DeepLink): void {
    const window = this.currentWindow();
    if (window === null) this.first = link;
    else if (!window.isDestroyed()) void loadPage(window, pageOf(link));
  }
}
