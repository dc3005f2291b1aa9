import { Menu, Tray, type MenuItemConstructorOptions } from 'electron';
import type { DeskState } from '../../domain/desk/desk-state';
import { plural } from '../../domain/words/amount';
import { clockMinutes } from '../../domain/words/clock';
import { quitLines } from '../window/app-menu';
import { log } from '../../monitor/log/log';
import { trayImage } from './tray-image';

export interface TrayActions {
  open(): void;
  openAlerts(): void;
  /** Mutes sounds for ten minutes, or ends that. */
  mute(on: boolean): void;
  quit(): void;
}

export interface TrayContent extends DeskState {
  mutedUntilMs: number | null;
  quitStops: readonly string[];
}

/** The entries of the tray's menu. What quitting stops is named above it. */
export function trayMenu(content: TrayContent, actions: TrayActions): MenuItemConstructorOptions[] {
  const { count, mutedUntilMs, quitStops, tooltip } = content;
  return [
    { label: tooltip, enabled: false },
    { label: 'Open Heron', click: () => actions.open() },
    {
      label: count === 0 ? 'No unacknowledged alerts' : `Open ${plural(count, 'unacknowledged alert')}`,
      enabled: count > 0,
      click: () => actions.openAlerts(),
    },
    mutedUntilMs === null
      ? { label: 'Mute sounds for 10 minutes', click: () => actions.mute(true) }
      : {
          label: `Unmute sounds (muted until ${clockMinutes(mutedUntilMs, 'local')})`,
          click: () => actions.mute(false),
        },
    { type: 'separator' },
    ...quitLines(quitStops),
    { label: 'Quit Heron', click: () => actions.quit() },
  ];
}

/** Heron's icon in the system tray. Without a tray host the icon is nowhere, and everything else works the same. */
export class DeskTray {
  #tray: Tray | null = null;
  #shown = '';

  constructor(private readonly actions: TrayActions) {}

  show(content: TrayContent): void {
    const shown = JSON.stringify(content);
    if (shown === this.#shown) return;
    this.#shown = shown;
    try {
      const image = trayImage(content.worst, content.count);
      if (this.#tray === null) {
        this.#tray = new Tray(image);
        this.#tray.on('click', () => this.actions.open());
      } else this.#tray.setImage(image);
      this.#tray.setToolTip(content.tooltip);
      this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(content, this.actions)));
    } catch (fault) {
      log.warn('The tray icon could not be shown:', fault);
    }
  }

  stop(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }
}
