import path from 'node:path';
import { rootFolder } from '../shared/paths.mjs';
import { packageFilesFolder } from './package-files.mjs';
import { updateFeed } from './update-feed.mjs';

/** @typedef {import('../prepare/electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

/**
 * @typedef {object} PackagePurpose
 * @property {ElectronRuntime} runtime what is packed for this very platform; other platforms download the official one
 * @property {boolean} forThisPlatform
 * @property {boolean} isTestBuild leaves the inspector's fuse on, without which Playwright cannot drive the app
 * @property {string} outputFolder
 * @property {boolean} [isQuick] a larger deb in a tenth of the time
 * @property {string} [version] instead of package.json's, to test an upgrade
 */

/**
 * electron-builder's configuration for all packages of Heron.
 * @param {PackagePurpose} purpose
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ runtime, forThisPlatform, isTestBuild, isQuick, outputFolder, version }) {
  const feed = updateFeed(process.env);
  return {
    appId: 'heron.monitor.desktop',
    productName: 'Heron',
    executableName: 'heron',
    artifactName: 'heron-${version}-${os}-${arch}.${ext}',
    copyright: 'MIT licence, the Heron authors',
    // There is no site yet; .invalid says so (RFC 2606). The deb target insists on having one.
    extraMetadata: {
      homepage: 'https://heron.invalid',
      ...(feed === null ? {} : { heronUpdates: feed }),
      ...(version === undefined ? {} : { version }),
    },
    directories: { output: outputFolder, buildResources: path.join(rootFolder, 'build', 'icons') },
    // The addon is Node-API: nothing is rebuilt for Electron.
    npmRebuild: false,
    nodeGypRebuild: false,
    ...(forThisPlatform ? { electronDist: runtime.distFolder, electronVersion: runtime.version } : {}),
    asar: true,
    asarUnpack: ['**/*.node'],
    files: [...applicationFiles, ...addonFiles(forThisPlatform && runtime.nodeApiVersion < 10)],
    electronFuses: fuses(isTestBuild),
    extraResources: [{ from: path.join(packageFilesFolder, 'resources'), to: '.' }],
    // Which versions there are, and what their files must be: build/release/sign-update.mjs. Here only where to download them.
    publish: feed === null ? null : { provider: 'generic', url: feed.url },
    fileAssociations: [
      {
        ext: 'heron',
        name: 'Heron incident file',
        description: 'A part of a history, recorded by Heron',
        role: 'Viewer',
      },
    ],
    protocols: [{ name: 'Heron', schemes: ['heron'], role: 'Viewer' }],
    ...linuxPackages(isQuick ?? false),
    ...windowsAndMac,
  };
}

/** What Debian's packages of libraries are called; Debian 13 renamed some for 64-bit times (t64). */
const debianPackages = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libasound2 | libasound2t64',
  'libgbm1',
  'libxss1',
  'libx11-xcb1',
  'fonts-dejavu-core | fonts-liberation',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libdrm2',
  'libnotify4',
  'libsecret-1-0',
  'shared-mime-info',
  'xdg-utils',
];

const linuxScripts = path.join(rootFolder, 'build', 'package', 'linux');

/** What the deb and the rpm package have in common: the files outside /opt/Heron, and what runs at installation and removal. */
const linuxPackage = {
  afterInstall: path.join(linuxScripts, 'after-install.sh'),
  afterRemove: path.join(linuxScripts, 'after-remove.sh'),
  fpm: [
    '--before-remove',
    path.join(linuxScripts, 'before-remove.sh'),
    `${path.join(packageFilesFolder, 'linux', 'usr')}/=/usr`,
  ],
};

/**
 * @param {boolean} isQuick
 * @returns {import('electron-builder').Configuration}
 */
function linuxPackages(isQuick) {
  return {
    linux: {
      target: ['AppImage', 'deb', 'rpm', 'tar.gz'],
      category: 'Network',
      syncDesktopName: true,
      maintainer: 'Heron maintainers <maintainers@heron.invalid>',
      synopsis: 'Monitor for Virtual Service Edge clusters',
      icon: path.join(rootFolder, 'build', 'icons', 'png'),
      // x-scheme-handler/heron comes from `protocols`. The type itself is build/package/linux/heron-mime.xml.
      mimeTypes: ['application/x-heron'],
    },
    deb: {
      ...(isQuick ? { compression: 'gz' } : {}),
      depends: debianPackages,
      recommends: ['gnome-keyring | kwalletmanager'],
      ...linuxPackage,
    },
    rpm: linuxPackage,
  };
}

/** @type {import('electron-builder').Configuration} */
const windowsAndMac = {
  win: { target: ['nsis', 'portable'], icon: path.join(rootFolder, 'build', 'icons', 'icon.ico') },
  nsis: {
    oneClick: false,
    allowToChangeInstallationDirectory: true,
    artifactName: '${name}-setup-${version}-${arch}.${ext}',
  },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.utilities',
    icon: path.join(rootFolder, 'build', 'icons', 'icon.icns'),
    hardenedRuntime: true,
    // Each half of a universal app has the addons of both processors, which are therefore not merged.
    x64ArchFiles: '**/better-sqlite3/prebuilds/*.node',
  },
};

/** The bundle has everything in it but the packages the bundler leaves out; electron-builder adds those by itself. */
const applicationFiles = [
  'out/{main,preload,renderer,cli,workers,chunks}/**',
  '!out/**/*.map',
  'package.json',
  '!node_modules/{zod,undici,jsonc-parser}/**',
  '!node_modules/**/*.{md,ts,map}',
  '!node_modules/better-sqlite3/{deps,src,binding.gyp}',
  '!node_modules/better-sqlite3/{deps,src}/**',
  '!node_modules/node-addon-api/**',
];

/**
 * @param {boolean} compiled take the addon compiled for an old Node-API, else the prebuilt one of the target's platform
 * @returns {string[]}
 */
function addonFiles(compiled) {
  const folder = 'node_modules/better-sqlite3';
  // A universal app of macOS has both.
  const processor = process.platform === 'darwin' ? '*' : '${arch}';
  return compiled
    ? [`!${folder}/prebuilds/**`, `!${folder}/build/Release/heron-key`]
    : [`!${folder}/build/**`, `!${folder}/prebuilds/!(\${platform}-${processor}.node)`];
}

/**
 * https://www.electronjs.org/docs/latest/tutorial/fuses. Integrity of the asar is validated on Windows and macOS and has
 * no effect on Linux.
 * @param {boolean} isTestBuild
 * @returns {import('electron-builder').Configuration['electronFuses']}
 */
function fuses(isTestBuild) {
  return {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: isTestBuild,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  };
}
