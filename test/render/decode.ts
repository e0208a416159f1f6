import assert from 'node:assert/strict';
import { pythonWith, read } from '../encode/reader.ts';

/** A file that cloud-init would write: its mode as four octal digits, e.g. `0644`. */
export interface WrittenFile {
  readonly mode: string;
  readonly content: string;
}

/** What cloud-init makes of user-data. */
export interface Decoded {
  readonly files: ReadonlyMap<string, WrittenFile>;
  /** All other modules. */
  readonly rest: Readonly<Record<string, unknown>>;
}

// PyYAML is the reader of cloud-init itself. A duplicate path would hide in a mapping, so the list stays one.
const LOAD = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.buffer.read())))';

function fileOf(entry: unknown): [string, WrittenFile] {
  assert.ok(typeof entry === 'object' && entry !== null);
  const { path, permissions = '0644', content, ...others } = entry as Record<string, unknown>;
  assert.ok(typeof path === 'string' && typeof content === 'string', 'a file has a path and a content');
  // cloud-init takes a number for a decimal one.
  assert.ok(typeof permissions === 'string' && /^0[0-7]{3}$/.test(permissions), `permissions of ${path}`);
  assert.deepEqual(others, {}, `what cloud-init knows of ${path}`);
  return [path, { mode: permissions, content }];
}

/** Decodes user-data with PyYAML, or gives undefined where it is not installed. */
export function decode(payload: string): Decoded | undefined {
  const python = pythonWith('yaml');
  if (python === undefined) return undefined;
  const document: unknown = JSON.parse(read(python, ['-c', LOAD], { input: payload }) ?? '');
  assert.ok(typeof document === 'object' && document !== null);
  const { write_files: list, ...rest } = document as Record<string, unknown>;
  assert.ok(Array.isArray(list));
  const files = new Map(list.map(fileOf));
  assert.equal(files.size, list.length, 'each path once');
  return { files, rest };
}
