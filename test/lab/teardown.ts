import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { namePrefix, networksOf } from './plan';
import { killAllIn } from './processes';
import { dropRecord, isStale, readRecord, readRecords, recordFileIds, type LabRecord } from './record';
import { runCommand, tryCommand } from './system-command';

/** What of a lab is still in the kernel. All empty: nothing was left behind. */
export interface Leftovers {
  namespaces: string[];
  interfaces: string[];
  routes: string[];
}

const linksSchema = z.array(z.object({ ifname: z.string().optional() }));
const routesSchema = z.array(z.object({ dst: z.string(), type: z.string().optional() }));

/**
 * Removes a lab: processes, namespaces with all that is in them, the poller's interfaces and routes, the record and
 * the lab's own folder. May be repeated, and works on a lab that was left half-built by a crash.
 */
export async function removeLab(id: number): Promise<void> {
  const record = readRecord(id);
  const { namespaces } = await leftoversOf(id);
  for (const namespace of namespaces) {
    await killAllIn(namespace);
    // Somebody else may be removing the same stale lab: what counts is that nothing is left in the end.
    await tryCommand('ip', ['netns', 'delete', namespace]);
  }
  const { interfaces, routes } = await leftoversOf(id);
  for (const name of interfaces) await tryCommand('ip', ['link', 'delete', name]);
  for (const network of routes) await tryCommand('ip', ['route', 'delete', 'unreachable', network]);
  const left = await leftoversOf(id);
  const names = [...left.namespaces, ...left.interfaces, ...left.routes];
  if (names.length > 0)
    throw new Error(`Lab ${id} could not be removed completely: ${names.join(', ')} is left.`);
  if (record) removeFiles(record);
  dropRecord(id);
}

/** Removes labs whose process has died, and namespaces of labs that nobody has a record of. Returns their ids. */
export async function removeStaleLabs(): Promise<number[]> {
  // Names before records: a lab that is just being made has its record first.
  const named = await labIdsOfNamespaces();
  const records = readRecords();
  const known = new Set(recordFileIds());
  const stale = records.filter(isStale).map((record) => record.id);
  const orphaned = named.filter((id) => !known.has(id));
  const ids = [...new Set([...stale, ...orphaned])];
  for (const id of ids) await removeLab(id);
  return ids;
}

/** What of a lab is in the kernel now. */
export async function leftoversOf(id: number): Promise<Leftovers> {
  const networks = new Set(networksOf(id));
  const links = linksSchema.parse(JSON.parse((await runCommand('ip', ['-j', 'link', 'show'])) || '[]'));
  const routes = routesSchema.parse(JSON.parse((await runCommand('ip', ['-j', 'route', 'show'])) || '[]'));
  return {
    namespaces: (await allNamespaces()).filter((name) => name.startsWith(`${namePrefix}${id}-`)),
    interfaces: links.flatMap(({ ifname }) => (ifname?.startsWith(`hlab${id}c`) ? [ifname] : [])),
    routes: routes
      .filter(({ dst, type }) => type === 'unreachable' && networks.has(dst))
      .map(({ dst }) => dst),
  };
}

function removeFiles(record: LabRecord): void {
  const parts = record.ownFolder ? ['.'] : ['edges', 'carp-secret', 'lab.env'];
  for (const part of parts) rmSync(path.join(record.folder, part), { recursive: true, force: true });
}

async function labIdsOfNamespaces(): Promise<number[]> {
  const ids = (await allNamespaces()).flatMap((name) => {
    const id = new RegExp(`^${namePrefix}(\\d+)-`).exec(name)?.[1];
    return id === undefined ? [] : [Number(id)];
  });
  return [...new Set(ids)];
}

async function allNamespaces(): Promise<string[]> {
  const listed = await runCommand('ip', ['netns', 'list']);
  return listed.split('\n').flatMap((line) => line.split(' ')[0] || []);
}
