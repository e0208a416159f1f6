import { architectures, components } from './component.ts';
import { readObject } from './json-object.ts';
import type { ReportAt } from './json-object.ts';
import type { JsonNode } from './json-tree.ts';
import type { Locate } from './locate.ts';
import type { LockedArtifact } from './lock.ts';
import { parseVersion } from './version.ts';

/** What a string field takes: its value, or undefined where it is not `expected`. */
interface Rule<T> {
  readonly read: (text: string) => T | undefined;
  readonly expected: string;
}

function oneOf<T extends string>(values: readonly T[]): Rule<T> {
  return { read: (text) => values.find((value) => value === text), expected: `one of ${values.join(', ')}` };
}

function where(holds: (text: string) => boolean, expected: string): Rule<string> {
  return { read: (text) => (holds(text) ? text : undefined), expected };
}

const keys = { required: ['name', 'version', 'arch', 'url', 'sha256'], optional: ['source'] };
const name = oneOf(components);
// A Debian package's version has a fourth number.
const version = where(
  (text) => parseVersion(text) !== undefined || /^\d+(?:\.\d+){3}$/.test(text),
  'three numbers like 1.36.4',
);
const arch = oneOf(architectures);
const url = where(isPlainHttps, 'an https URL in its plain form, without credentials');
const sha256 = where((text) => /^[0-9a-f]{64}$/.test(text), '64 lower-case hex digits');
const source = oneOf(['upstream', 'private'] as const);

/** One entry of the lock's list, or undefined when a part of it is wrong, which is then reported. */
export function readLockedArtifact(
  node: JsonNode,
  path: string,
  report: ReportAt,
  locate: Locate,
): LockedArtifact | undefined {
  const members = readObject(node, path, keys, report);
  const read = <T>(key: string, { read: reader, expected }: Rule<T>): T | undefined => {
    const member = members.get(key);
    if (!member) return undefined;
    const text = member.kind === 'scalar' && typeof member.value === 'string' ? member.value : undefined;
    const value = text === undefined ? undefined : reader(text);
    if (value === undefined) report('value', member, `${path}.${key}`, `${key} must be ${expected}`);
    return value;
  };
  const parts = {
    name: read('name', name),
    version: read('version', version),
    arch: read('arch', arch),
    url: read('url', url),
    sha256: read('sha256', sha256),
    source: members.has('source') ? read('source', source) : 'upstream',
    location: locate(members.get('sha256') ?? node),
  } as const;
  return isComplete(parts) ? parts : undefined;
}

type Partly<T> = { readonly [K in keyof T]: T[K] | undefined };

function isComplete(parts: Partly<LockedArtifact>): parts is LockedArtifact {
  return Object.values(parts).every((part) => part !== undefined);
}

/**
 * The URL parser drops tabs, resolves `..` and lower-cases hosts in silence. What is not already in its own form
 * would name another file on the node, or on a mirror, than the one that was checked.
 */
function isPlainHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash, href } = new URL(text);
  return protocol === 'https:' && `${username}${password}${hash}` === '' && href === text;
}
