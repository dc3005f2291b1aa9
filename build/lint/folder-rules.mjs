/**
 * Which folder may import which, as rules of dependency-cruiser: the layers, the order of the folders within a layer, and
 * no folders that import each other in a circle. What packages each layer may import is ESLint's (package-rules.mjs).
 *
 * @typedef {import('dependency-cruiser').IForbiddenRuleType} FolderRule
 */

/** The layers of the product, each with those that it may import. */
const mayImport = {
  domain: [],
  db: ['domain'],
  monitor: ['domain', 'db'],
  electron: ['domain', 'db', 'monitor'],
  // The demo fleet is reached over the network only.
  demo: ['domain'],
  cli: ['domain', 'db', 'monitor', 'demo'],
  renderer: ['domain'],
};

/** @typedef {keyof typeof mayImport} Layer */

export const layers = /** @type {Layer[]} */ (Object.keys(mayImport));

/**
 * The folders of a layer from the bottom up. A folder may import those further up in the list; folders of one row do not
 * import each other.
 *
 * @type {Partial<Record<Layer | 'domain/cluster' | 'monitor/snmp', string[][]>>}
 */
const orders = {
  domain: [
    ['model'],
    ['fleet'],
    ['words', 'inventory', 'traps', 'proof', 'calendar', 'policy'],
    ['redaction', 'cluster', 'vendor'],
    ['maintenance'],
    ['past', 'doctor'],
    ['incidents', 'metrics'],
    ['alerts'],
    ['report', 'desk'],
    ['contract'],
  ],
  'domain/cluster': [['observe'], ['detect'], ['judge']],
  db: [
    ['migrations', 'model'],
    ['codec'],
    ['chain'],
    ['file'],
    ['threads'],
    ['query', 'compact', 'retain', 'seal'],
    ['write'],
    ['extract', 'recover'],
    ['verify'],
    ['workers'],
    ['client'],
  ],
  monitor: [
    ['base', 'log'],
    ['secrets', 'names', 'policy'],
    ['host', 'snmp', 'proof', 'inventory', 'updates'],
    ['http', 'traps'],
    ['tcp', 'probe', 'vendor'],
    ['poll'],
    ['alerts', 'doctor', 'support', 'prometheus'],
    ['channels', 'metrics'],
    ['pipeline'],
    ['usecases'],
  ],
  'monitor/snmp': [['codec'], ['client', 'devices'], ['agent']],
  electron: [['security', 'settings'], ['computer'], ['window', 'session'], ['files', 'desk'], ['ipc']],
  cli: [['common'], ['watch', 'audit', 'doctor', 'support', 'inventory', 'reference', 'alerts'], ['wall']],
  renderer: [['words'], ['time'], ['bridge'], ['state'], ['ui'], ['views'], ['shell']],
};

/** @type {FolderRule[]} */
const layerRules = layers.map((layer) => {
  const allowed = mayImport[layer].map((name) => `^${name}/`);
  return {
    name: `layer-${layer}`,
    comment: `${layer}/ imports ${mayImport[layer].map((name) => `${name}/`).join(', ') || 'no other layer'}.`,
    severity: 'error',
    from: { path: `^${layer}/` },
    to: {
      path: `^(${[...layers, 'build', 'test'].join('|')})/`,
      pathNot: [`^${layer}/`, ...allowed],
    },
  };
});

/** @type {FolderRule[]} */
const orderRules = Object.entries(orders).flatMap(([parent, rows]) =>
  rows.flatMap((row, index) =>
    row.map((folder) => {
      const above = rows.slice(index + 1).flat();
      const siblings = row.filter((name) => name !== folder);
      // The files directly in the parent folder come last.
      const files = '[^/]+$';
      const closed = [...siblings, ...above].map((name) => `${name}/`);
      return /** @type {FolderRule} */ ({
        name: `order-${parent.replaceAll('/', '-')}-${folder}`,
        comment: `Within ${parent}/, ${folder}/ is below what it imports here.`,
        severity: 'error',
        from: { path: `^${parent}/${folder}/` },
        to: { path: `^${parent}/(${[...closed, files].join('|')})` },
      });
    }),
  ),
);

/**
 * The folders of an ordered layer that no row names, so that a new folder cannot go unordered.
 * @param {string} parent
 * @param {string[]} folders those on disk
 */
export function unorderedFolders(parent, folders) {
  const rows = /** @type {Record<string, string[][]>} */ (orders)[parent] ?? [];
  return folders.filter((name) => !rows.flat().includes(name));
}

export const orderedParents = Object.keys(orders);

/** @type {FolderRule[]} */
export const folderRules = [
  ...layerRules,
  ...orderRules,
  {
    name: 'no-view-in-view',
    comment: 'A view imports no other view: what two of them share belongs in ui/ or state/.',
    severity: 'error',
    from: { path: '^renderer/views/([^/]+)/' },
    to: { path: '^renderer/views/', pathNot: '^renderer/views/$1/' },
  },
  {
    name: 'no-circular-folders',
    comment: 'Folders that import each other in a circle cannot be read or moved one by one.',
    severity: 'error',
    scope: 'folder',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-circular-files',
    comment:
      'Of files that import each other, one runs before what it needs is there. Types alone are no such need.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

/**
 * Types count as imports; packages and Node's own modules are not followed.
 *
 * @type {import('dependency-cruiser').ICruiseOptions}
 */
export const cruiseOptions = {
  tsPreCompilationDeps: true,
  moduleSystems: ['es6'],
  exclude: { path: '(^|/)node_modules/|^node:' },
};

export const resolveOptions = { extensions: ['.ts', '.vue', '.mjs', '.js', '.json', '.css'] };
