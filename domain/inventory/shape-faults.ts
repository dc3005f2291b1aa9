import { z } from 'zod';
import { inventoryFileSchema } from './inventory-file';
import { printable, valueAt, type InventoryFault } from './inventory-problem';
import { nearestName } from './nearest-name';

type Issue = z.core.$ZodIssue;

/** Issues of the schema as errors in plain words. Values are quoted only where they cannot be passwords. */
export function shapeFaults(value: unknown, issues: readonly Issue[]): InventoryFault[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey(issue.path, key, value));
    }
    return [{ path: issue.path, ...words(issue, valueAt(value, issue.path)) }];
  });
}

const looksLikeSecret = /pass|secret|communit|key|token|pwd/i;

function unknownKey(path: PropertyKey[], key: string, value: unknown): InventoryFault {
  const known = knownKeys(path, value);
  const place = [...path, key];
  if (looksLikeSecret.test(key)) {
    const source = known.find((name) => /(?:password|community)Env$/.test(name)) ?? 'passwordEnv';
    return {
      path: place,
      reason: `Unknown key "${printable(key, 64)}": a password must not be in the inventory in clear text.`,
      todo: `Delete it, put the password into an environment variable and name that: "${source}": "HERON_…". Then change the password: this file has shown it.`,
    };
  }
  const near = nearestName(key, known);
  const hint = near === null ? 'Delete it.' : `Did you mean "${near}"?`;
  return {
    path: place,
    reason: `Unknown key "${printable(key, 64)}".`,
    todo: `${hint} Known here: ${known.join(', ')}.`,
  };
}

/** The keys of the schema at a path, including those of every matching alternative. */
function knownKeys(path: readonly PropertyKey[], value: unknown): string[] {
  let schemas: unknown[] = [inventoryFileSchema];
  let here = value;
  for (const step of path) {
    schemas = alternatives(schemas, here).flatMap((schema) => {
      if (schema instanceof z.ZodArray) return [schema.element as unknown];
      if (schema instanceof z.ZodObject) return [(schema.shape as Record<PropertyKey, unknown>)[step]];
      return [];
    });
    here = valueAt(here, [step]);
  }
  const objects = alternatives(schemas, here).filter((schema) => schema instanceof z.ZodObject);
  return [...new Set(objects.flatMap((schema) => Object.keys(schema.shape)))];
}

/** Unwraps optional and default; of a union, returns the alternatives whose `version` matches the value. */
function alternatives(schemas: unknown[], value: unknown): unknown[] {
  return schemas.flatMap((schema): unknown[] => {
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
      return alternatives([schema.unwrap()], value);
    }
    if (!(schema instanceof z.ZodDiscriminatedUnion)) return [schema];
    const version = valueAt(value, ['version']);
    return schema.options.filter((option) => {
      if (!(option instanceof z.ZodObject)) return false;
      const tag: unknown = (option.shape as Record<string, unknown>)['version'];
      return tag instanceof z.ZodLiteral && tag.values.has(version as string);
    });
  });
}

function words(issue: Issue, value: unknown): { reason: string; todo: string } {
  const key = String(issue.path.at(-1) ?? 'The file');
  if (value === undefined)
    return { reason: `${key} is missing.`, todo: `Add "${key}". ${example(key)}`.trim() };
  const must = (rule: string): { reason: string; todo: string } => ({
    reason: `${shown(issue.path, value)} ${rule}.`,
    todo: example(key) || 'Correct it.',
  });
  switch (issue.code) {
    case 'invalid_type':
      return must(`must be ${typeWords[issue.expected] ?? issue.expected}`);
    case 'invalid_value':
      return must(`must be ${issue.values.map((each) => JSON.stringify(each)).join(' or ')}`);
    case 'invalid_union':
      return must('must be "3" or "2c"');
    case 'too_big':
      return tooBig(issue, key, value);
    case 'too_small':
      if (key === 'edges') return { reason: 'No edges.', todo: 'A cluster has 2 to 16 edges: add them.' };
      return must(issue.origin === 'string' ? 'must not be empty' : `must be at least ${issue.minimum}`);
    case 'invalid_format':
      return must(issue.format === 'url' ? 'is not an http or https address' : issue.message);
    case 'custom':
      return must(issue.message);
    default:
      return must('is not valid');
  }
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>, key: string, value: unknown) {
  if (key === 'edges' && Array.isArray(value)) {
    return {
      reason: `${value.length} edges: a cluster has at most ${issue.maximum}.`,
      todo: 'Take edges out, or make two clusters of them.',
    };
  }
  const unit = issue.origin === 'string' ? ' characters' : '';
  const rule = unit ? `has at most ${issue.maximum}${unit}` : `must be at most ${issue.maximum}`;
  return { reason: `${key} ${rule}.`, todo: unit ? 'Shorten it.' : 'Correct it.' };
}

const typeWords: Record<string, string> = {
  string: 'a text in double quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
};

const examples: Record<string, string> = {
  clusterIp: 'For example "10.20.0.100".',
  proxyIp: 'For example "10.20.0.11".',
  lbIp: 'For example "10.20.0.21".',
  managementIp: 'For example "10.20.0.31".',
  defaultGateway: 'For example "10.20.0.1".',
  subnetMask: 'For example "255.255.255.0".',
  version: 'For example "3" (SNMPv3) or "2c".',
  user: 'The SNMPv3 user, for example "noc".',
  url: 'For example "http://10.20.0.11:3128/index.html?=100".',
  passwordEnv:
    'Put the password into an environment variable and write its name, for example "HERON_NOC_AUTH".',
  communityEnv:
    'Put the community into an environment variable and write its name, for example "HERON_COMMUNITY".',
};

function example(key: string): string {
  return examples[key] ?? '';
}

/** A value as it may be quoted: short plain ones outside the credentials. Otherwise only its type. */
function shown(path: readonly PropertyKey[], value: unknown): string {
  const key = String(path.at(-1) ?? 'The file');
  const plain = typeof value === 'number' || typeof value === 'boolean' || isPlainText(value);
  return path[0] !== 'credentials' && plain ? `${key} ${JSON.stringify(value)}` : key;
}

function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._:-]{0,40}$/.test(value);
}
