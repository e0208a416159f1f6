import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { pythonWith, read } from '../encode/reader.ts';

/** A file that cloud-init would write: its mode as four octal digits, e.g. `0644`. */
export interface WrittenFile {
  readonly mode: string;
  readonly content: string;
}

/** What cloud-init makes of user-data. */
export interface Decoded {
  readonly files: ReadonlyMap<string, WrittenFile>;
  /** The files that were not written in plain text. */
  readonly packed: readonly string[];
  /** All other modules. */
  readonly rest: Readonly<Record<string, unknown>>;
}

// PyYAML is the reader of cloud-init itself. A duplicate path would hide in a mapping, so the list stays one.
const LOAD = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.buffer.read())))';

const archive = '/var/lib/flexgen/cache/image.tgz';

interface Entry extends WrittenFile {
  readonly path: string;
  readonly encoding: string;
}

function entryOf(raw: unknown): Entry {
  assert.ok(typeof raw === 'object' && raw !== null);
  const {
    path,
    permissions = '0644',
    encoding = 'text',
    content,
    ...others
  } = raw as Record<string, unknown>;
  assert.ok(typeof path === 'string' && typeof content === 'string', 'a file has a path and a content');
  // cloud-init takes a number for a decimal one.
  assert.ok(typeof permissions === 'string' && /^0[0-7]{3}$/.test(permissions), `permissions of ${path}`);
  assert.deepEqual(others, {}, `what cloud-init knows of ${path}`);
  return { path, mode: permissions, content, encoding: String(encoding) };
}

/** What GNU tar makes of an archive: its names and modes from the list, each content by itself. */
function unpacked(bytes: Buffer): Entry[] {
  const tar = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('tar', args, { input: bytes, encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    return stdout;
  };
  const lines = tar('-tzv', '--full-time', '--numeric-owner', '-f-').trimEnd().split('\n');
  return lines.map((line) => {
    const [flags = '', owner, , , , path = ''] = line.split(/\s+/);
    assert.equal(owner, '0/0');
    const bits = flags.slice(1).replaceAll('-', '0').replace(/[a-z]/g, '1');
    const mode = `0${Number.parseInt(bits, 2).toString(8)}`;
    return { path: `/${path}`, mode, content: tar('-xzOf-', path), encoding: 'archive' };
  });
}

// As the command of the payload does.
const BASE85 = 'import base64,sys;sys.stdout.buffer.write(base64.b85decode(sys.stdin.read()))';

function dense(text: string): Buffer {
  const { status, stdout } = spawnSync('python3', ['-c', BASE85], { input: text });
  assert.equal(status, 0);
  return stdout;
}

function decoded(entry: Entry): Entry[] {
  if (entry.path === archive && entry.encoding === 'text') return unpacked(dense(entry.content));
  if (entry.encoding === 'text') return [entry];
  assert.deepEqual([entry.path, entry.encoding], [archive, 'b64']);
  return unpacked(Buffer.from(entry.content, 'base64'));
}

/** Decodes user-data with PyYAML, or gives undefined where it is not installed. */
export function decode(payload: string): Decoded | undefined {
  const python = pythonWith('yaml');
  if (python === undefined) return undefined;
  const document: unknown = JSON.parse(read(python, ['-c', LOAD], { input: payload }) ?? '');
  assert.ok(typeof document === 'object' && document !== null);
  const { write_files: list, ...rest } = document as Record<string, unknown>;
  assert.ok(Array.isArray(list));
  const entries = list.map(entryOf).flatMap(decoded);
  const files = new Map(entries.map(({ path, mode, content }) => [path, { mode, content }]));
  assert.equal(files.size, entries.length, 'each path once');
  const packed = entries.filter(({ encoding }) => encoding !== 'text').map(({ path }) => path);
  return { files, packed, rest };
}
