#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Makes a Debian package from the arguments that electron-builder gives to fpm, with Debian's own dpkg-deb: fpm is
 * neither in npm nor in Debian. Understands what electron-builder says for `deb`, and refuses what it does not know.
 */
const text = /** @type {const} */ ({ type: 'string' });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { ...text, short: 's' },
    t: { ...text, short: 't' },
    d: { ...text, short: 'd', multiple: true },
    force: { type: 'boolean' },
    architecture: text,
    'after-install': text,
    'before-remove': text,
    'after-remove': text,
    description: text,
    version: text,
    package: text,
    name: text,
    maintainer: text,
    vendor: text,
    url: text,
    license: text,
    category: text,
    'deb-priority': text,
    'deb-compression': text,
    'deb-recommends': { ...text, multiple: true },
  },
});

/** Whole kibibytes a tree takes, as Installed-Size wants. @param {string} folder */
function installedSizeKiB(folder) {
  return Number(execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t')[0]);
}

/** @param {string} description first line the synopsis, the others indented by a space */
function debianDescription(description) {
  const [synopsis = '', ...rest] = description.split('\n').map((line) => line.trim());
  return [synopsis, ...rest.filter((line) => line !== '').map((line) => ` ${line}`)].join('\n');
}

/**
 * https://www.debian.org/doc/debian-policy/ch-controlfields.html
 * @param {string} root
 */
function controlFile(root) {
  const recommends = values['deb-recommends'] ?? [];
  return [
    `Package: ${values.name}`,
    `Version: ${values.version}`,
    `Architecture: ${values.architecture}`,
    `Maintainer: ${values.maintainer}`,
    `Installed-Size: ${installedSizeKiB(root)}`,
    `Depends: ${(values.d ?? []).join(', ')}`,
    ...(recommends.length > 0 ? [`Recommends: ${recommends.join(', ')}`] : []),
    `Section: ${values.category ?? 'net'}`,
    `Priority: ${values['deb-priority'] ?? 'optional'}`,
    `Homepage: ${values.url}`,
    `Description: ${debianDescription(values.description ?? '')}`,
    '',
  ].join('\n');
}

/**
 * @param {string} root
 * @param {string} mapping `source=target`; a source that ends in a slash stands for its content
 */
function place(root, mapping) {
  const at = mapping.lastIndexOf('=');
  const source = mapping.slice(0, at);
  const target = path.join(root, mapping.slice(at + 1));
  mkdirSync(lstatSync(source).isDirectory() ? target : path.dirname(target), { recursive: true });
  cpSync(source, target, { recursive: true, verbatimSymlinks: true });
}

function writeDeb() {
  if (values.t !== 'deb' || values.package === undefined)
    throw new Error('This script makes deb packages only.');
  const root = mkdtempSync(path.join(os.tmpdir(), 'heron-deb-'));
  try {
    chmodSync(root, 0o755);
    for (const mapping of positionals) place(root, mapping);
    const control = controlFile(root);
    mkdirSync(path.join(root, 'DEBIAN'));
    writeFileSync(path.join(root, 'DEBIAN', 'control'), control);
    for (const [option, name] of /** @type {const} */ ([
      ['after-install', 'postinst'],
      ['before-remove', 'prerm'],
      ['after-remove', 'postrm'],
    ])) {
      const script = values[option];
      if (script === undefined) continue;
      copyFileSync(script, path.join(root, 'DEBIAN', name));
      chmodSync(path.join(root, 'DEBIAN', name), 0o755);
    }
    // gz is for trying a package out: it takes seconds, xz minutes.
    const compression = values['deb-compression'] === 'gz' ? ['-Zgzip', '-z1'] : ['-Zxz'];
    execFileSync('dpkg-deb', [...compression, '--root-owner-group', '--build', root, values.package], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

writeDeb();
