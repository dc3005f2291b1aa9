import { app } from 'electron';
import { z } from 'zod';
import { deepLinkSchema, parseDeepLink, type DeepLink } from '../../domain/model/deep-link';
import { log } from '../../monitor/log/log';
import type { AppWindow } from './app-window';
import { pageOf } from './link-page';

/** heron:// links from the command line, from a second instance and from the system: each shows its view in the window. */
export class DeepLinks {
  constructor(
    private first: DeepLink | null,
    private readonly window: AppWindow,
    /** False while the window shows why Heron could not start. */
    private readonly canShow: () => boolean,
  ) {}

  /** The page that the window opens with. */
  get firstPage(): string {
    return this.first === null ? '/' : pageOf(this.first);
  }

  /** Registers Heron for links from the system; only in a package, so that a checkout does not replace an installed Heron. */
  register(): void {
    if (app.isPackaged && !app.setAsDefaultProtocolClient('heron'))
      log.warn('The system did not register Heron for heron:// links.');
    // macOS passes links this way, at the start and later.
    app.on('open-url', (event, url) => {
      event.preventDefault();
      const link = parseDeepLink(url);
      if (link === null) log.warn('A heron:// link was refused: Heron has no such page.');
      else this.open(link);
    });
  }

  /** Opens the link that a second instance passed on, if there is one. */
  openPassedOn(data: unknown): void {
    const read = z.object({ link: deepLinkSchema }).safeParse(data);
    if (read.success) this.open(read.data.link);
  }

  /** A link that arrives before the window is open is shown when it opens. */
  private open(link: DeepLink): void {
    if (this.window.current === null || !this.canShow()) this.first = link;
    else void this.window.show(pageOf(link));
  }
}
