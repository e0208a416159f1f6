import { parseDocument } from 'yaml';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function problem(message: string, hint: string): { ok: false; errors: Diagnostic[] } {
  return {
    ok: false,
    errors: [{ severity: 'error', code: 'user-data/merge', path: 'userData.merge', message, hint }],
  };
}

const paths = (files: unknown): string[] =>
  Array.isArray(files)
    ? files.flatMap((file: unknown) => (isMapping(file) ? [String(file['path'])] : []))
    : [];

/** Joins two values of one key: the user's list comes first, and in a map the user's keys win. */
function join(ours: unknown, theirs: unknown): unknown {
  if (Array.isArray(ours) && Array.isArray(theirs)) return [...(theirs as unknown[]), ...(ours as unknown[])];
  if (isMapping(ours) && isMapping(theirs)) return { ...ours, ...theirs };
  return theirs;
}

/**
 * The user's own `#cloud-config` and ours in one: lists are appended (theirs first), everything else of theirs stays.
 * Fails where theirs is no cloud-config, or writes a file that is ours, or makes one of our lists something else.
 */
export function mergeUserData(ours: Mapping, text: string): Result<Mapping> {
  if (!text.startsWith('#cloud-config')) {
    return problem(
      'this file does not begin with `#cloud-config`',
      'only cloud-config can be merged; run scripts from its `runcmd`',
    );
  }
  // cloud-init reads YAML 1.1.
  const document = parseDocument(text, { version: '1.1', uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined)
    return problem(`this file is not YAML: ${error.message.split('\n')[0]}`, 'mend it there');
  const theirs: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  if (!isMapping(theirs))
    return problem('this file is not a mapping', 'a cloud-config is a mapping of modules');
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
