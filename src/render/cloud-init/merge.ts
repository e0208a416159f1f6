import { LineCounter, parseDocument } from 'yaml';
import { isMap } from '../../config/data.ts';
import type { DataMap } from '../../config/data.ts';
import type { Result, SourceLocation } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';

const problem = (message: string, hint: string, place: { location?: SourceLocation } = {}) =>
  refused({ code: 'user-data/merge', path: 'userData.merge', message, hint, ...place });

const paths = (files: unknown): string[] =>
  Array.isArray(files) ? files.flatMap((file: unknown) => (isMap(file) ? [String(file['path'])] : [])) : [];

/** Joins two values of one key: the user's list comes first, and in a map the user's keys win. */
function join(ours: unknown, theirs: unknown): unknown {
  if (Array.isArray(ours) && Array.isArray(theirs)) return [...(theirs as unknown[]), ...(ours as unknown[])];
  if (isMap(ours) && isMap(theirs)) return { ...ours, ...theirs };
  return theirs;
}

/**
 * The user's own `#cloud-config` and ours in one: lists are appended (theirs first), everything else of theirs stays.
 * Fails where theirs is no cloud-config, or writes a file that is ours, or makes one of our lists something else.
 * `file` is what messages call theirs.
 */
export function mergeUserData(ours: DataMap, text: string, file: string): Result<DataMap> {
  // Not `#cloud-config-archive` or `-jsonp`, which are something else.
  if (!/^#cloud-config(?!\S)/.test(text)) {
    return problem(
      'this file does not begin with `#cloud-config`',
      'begin it so, or with `#!`, `#cloud-boothook` …',
    );
  }
  // cloud-init reads YAML 1.1.
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter,
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col: column } = lineCounter.linePos(error.pos[0]);
    const location = { file, line, column, length: 1, text: text.split('\n')[line - 1] ?? '' };
    return problem(`this file is not YAML: ${error.message}`, 'cloud-init reads YAML 1.1', { location });
  }
  const theirs: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  if (!isMap(theirs)) return problem('this file is not a mapping', 'a cloud-config is a mapping of modules');
  const taken = paths(theirs['write_files']).find((path) => paths(ours['write_files']).includes(path));
  if (taken !== undefined)
    return problem(`this file writes ${taken}, and so does flexgen`, 'leave that file out');
  const merged: Record<string, unknown> = { ...theirs };
  for (const [key, value] of Object.entries(ours)) {
    if (key in theirs && Array.isArray(value) && !Array.isArray(theirs[key])) {
      return problem(`\`${key}\` is not a list in this file`, 'write it as a list');
    }
    merged[key] = key in theirs ? join(value, theirs[key]) : value;
  }
  return ok(merged);
}
