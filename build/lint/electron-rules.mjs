/**
 * Items of Electron's security checklist that are visible in the source, as ESLint selectors
 * (https://www.electronjs.org/docs/latest/tutorial/security). docs/security.md has the whole list with its tests.
 */

/** Options of a window that must never have this value. */
const weakened = {
  sandbox: false,
  contextIsolation: false,
  webSecurity: false,
  nodeIntegration: true,
  nodeIntegrationInSubFrames: true,
  nodeIntegrationInWorker: true,
  allowRunningInsecureContent: true,
  experimentalFeatures: true,
  webviewTag: true,
};
/** Options that Heron has no use for, whatever their value. */
const unused = ['enableBlinkFeatures', 'allowpopups'];
/** What a template could show a foreign page in, with the attribute `allowpopups` or without. */
export const embeddedPages = ['webview', 'iframe', 'frame', 'object', 'embed'];
/** Each opens something outside Heron, by the system's choice of program. */
const openers = ['openExternal', 'openPath'];

const names = (/** @type {string[]} */ list) => `/^(${list.join('|')})$/`;
const key = (/** @type {string[]} */ list) =>
  `:matches(Property[key.name=${names(list)}], Property[key.value=${names(list)}])`;

const opening = 'Nothing is opened outside Heron: a link may come from an attacker’s inventory or history.';
const remote = 'Heron loads its own pages only, under its own scheme (electron/security/app-protocol.ts).';

/** @type {{ selector: string, message: string }[]} */
export const electronRules = [
  { selector: `MemberExpression[property.name=${names(openers)}]`, message: opening },
  { selector: `MemberExpression[property.value=${names(openers)}]`, message: opening },
  { selector: `ObjectPattern > ${key(openers)}`, message: opening },
  ...Object.entries(weakened).map(([option, value]) => ({
    selector: `${key([option])}[value.value=${value}]`,
    message: `${option}: ${value} takes away a protection of the window.`,
  })),
  { selector: key(unused), message: 'Heron needs no such feature of Chromium.' },
  { selector: "CallExpression[callee.property.name='loadFile']", message: remote },
  {
    selector: "CallExpression[callee.property.name='loadURL'] > Literal[value=/^(https?|file|data|ftp):/i]",
    message: remote,
  },
  {
    selector:
      "CallExpression[callee.property.name='loadURL'] > TemplateLiteral > TemplateElement:first-child[value.raw=/^(https?|file|data|ftp):/i]",
    message: remote,
  },
];
