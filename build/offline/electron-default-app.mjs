import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What `electron .` starts. The official distribution brings it; the stand-in is a packaged program and has none. This
 * is the part of it that Heron and Playwright use: load the `-r` files, find the app, take its name, version and path
 * over, run its main.
 *
 * It is an ES module that awaits the app's main at its top level: without that, `ready` fires before an ES module main
 * has been loaded.
 */
const program = `
import { app } from 'electron';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const args = process.argv.slice(1);
let appPath;
for (let i = 0; i < args.length; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') {
    i += 1;
    require(path.resolve(args[i]));
  } else if (!args[i].startsWith('-')) {
    appPath = path.resolve(args[i]);
    break;
  }
}
if (appPath === undefined) {
  process.stderr.write('electron: name the folder or the file of an app\\n');
  app.exit(1);
}
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true, configurable: false });

let main = appPath;
const packageFile = path.join(appPath, 'package.json');
if (fs.existsSync(packageFile)) {
  const description = JSON.parse(fs.readFileSync(packageFile, 'utf8'));
  if (description.version) app.setVersion(description.version);
  app.name = description.productName ?? description.name ?? app.name;
  app.setDesktopName(description.desktopName ?? app.name + '.desktop');
  app.setAppPath(appPath);
  main = path.resolve(appPath, description.main ?? 'index.js');
} else {
  app.setAppPath(path.dirname(appPath));
}
await import(pathToFileURL(main).href);
`;

/**
 * @param {string} resourcesFolder the runtime's resources/
 */
export async function createDefaultApp(resourcesFolder) {
  const { createPackage } = await import('@electron/asar');
  const source = path.join(resourcesFolder, 'default-app-draft');
  mkdirSync(source, { recursive: true });
  writeFileSync(
    path.join(source, 'package.json'),
    JSON.stringify({ name: 'electron', type: 'module', main: 'main.js' }),
  );
  writeFileSync(path.join(source, 'main.js'), program.trimStart());
  await createPackage(source, path.join(resourcesFolder, 'default_app.asar'));
  rmSync(source, { recursive: true });
}
