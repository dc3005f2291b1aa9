import path from 'node:path';
import { rootFolder } from '../shared/paths.mjs';

/** @typedef {import('../prepare/electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

/**
 * @typedef {object} PackagePurpose
 * @property {ElectronRuntime} runtime what is packed for this very platform; other platforms download the official one
 * @property {boolean} forThisPlatform
 * @property {boolean} isTestBuild leaves the inspector's fuse on, without which Playwright cannot drive the app
 * @property {string} outputFolder
 */

/**
 * electron-builder's configuration for all packages of Heron.
 * @param {PackagePurpose} purpose
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ runtime, forThisPlatform, isTestBuild, outputFolder }) {
  return {
    appId: 'heron.monitor.desktop',
    productName: 'Heron',
    executableName: 'heron',
    artifactName: 'heron-${version}-${os}-${arch}.${ext}',
    copyright: 'MIT licence, the Heron authors',
    // There is no site yet; .invalid says so (RFC 2606). The deb target insists on having one.
    extraMetadata: { homepage: 'https://heron.invalid' },
    directories: { output: outputFolder, buildResources: path.join(rootFolder, 'build', 'icons') },
    // The addon is Node-API: nothing is rebuilt for Electron.
    npmRebuild: false,
    nodeGypRebuild: false,
    ...(forThisPlatform ? { electronDist: runtime.distFolder, electronVersion: runtime.version } : {}),
    asar: true,
    asarUnpack: ['**/*.node'],
    files: [...applicationFiles, ...addonFiles(forThisPlatform && runtime.nodeApiVersion < 10)],
    electronFuses: fuses(isTestBuild),
    publish: null,
    fileAssociations: [
      {
        ext: 'heron',
        name: 'Heron incident file',
        description: 'A part of a history, recorded by Heron',
        mimeType: 'application/x-heron',
        role: 'Viewer',
      },
    ],
    protocols: [{ name: 'Heron', schemes: ['heron'], role: 'Viewer' }],
    linux: {
      target: ['AppImage', 'deb', 'tar.gz'],
      category: 'Network',
      syncDesktopName: true,
      maintainer: 'Heron maintainers <maintainers@heron.invalid>',
      synopsis: 'Monitor for Virtual Service Edge clusters',
      icon: path.join(rootFolder, 'build', 'icons', 'png'),
    },
    win: { target: ['nsis'], icon: path.join(rootFolder, 'build', 'icons', 'icon.ico') },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true },
    mac: {
      target: ['dmg'],
      category: 'public.app-category.utilities',
      icon: path.join(rootFolder, 'build', 'icons', 'icon.icns'),
    },
  };
}

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
  return compiled
    ? [`!${folder}/prebuilds/**`, `!${folder}/build/Release/heron-key`]
    : [`!${folder}/build/**`, `!${folder}/prebuilds/!(\${platform}-\${arch}.node)`];
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
