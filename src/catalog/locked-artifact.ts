import { architectures, components } from './component.ts';
import { readObject } from './json-object.ts';
import type { ReportAt } from './json-object.ts';
import type { JsonNode } from './json-tree.ts';
import type { Locate } from './locate.ts';
import type { LockedArtifact } from './lock.ts';
import { fieldReader, isComplete, oneOf, sha256, where } from './locked-field.ts';
import { parseVersion } from './version.ts';

const keys = { required: ['name', 'version', 'arch', 'url', 'sha256'], optional: ['source'] };
const name = oneOf(components);
// A Debian package's version has a fourth number.
const version = where(
  (text) => parseVersion(text) !== undefined || /^\d+(?:\.\d+){3}$/.test(text),
  'three numbers like 1.36.4',
);
const arch = oneOf(architectures);
const url = where(isPlainHttps, 'an https URL in its plain form, without credentials');
const source = oneOf(['upstream', 'private'] as const);

/** One entry of the lock's list, or undefined when a part of it is wrong, which is then reported. */
export function readLockedArtifact(
  node: JsonNode,
  path: string,
  report: ReportAt,
  locate: Locate,
): LockedArtifact | undefined {
  const members = readObject(node, path, keys, report);
  const read = fieldReader(members, path, report);
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

/**
 * The URL parser drops tabs, resolves `..` and lower-cases hosts in silence. What is not already in its own form
 * would name another file on the node, or on a mirror, than the one that was checked.
 */
function isPlainHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash, href, pathname, search } = new URL(text);
  // On the node `@` stands for its architecture, and curl takes braces and brackets for a list of URLs.
  if (/[@{}[\]]/.test(pathname + search)) return false;
  return protocol === 'https:' && `${username}${password}${hash}` === '' && href === text;
}
