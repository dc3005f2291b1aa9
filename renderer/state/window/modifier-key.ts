/** Whether shortcuts use ⌘, as on macOS. */
const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

/** A shortcut with the system's modifier: "Ctrl K", on macOS "⌘K". */
export function withModifier(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl ${key}`;
}

export const paletteKey = withModifier('K');
