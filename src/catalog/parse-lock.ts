import { settle } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { readObject } from './json-object.ts';
import type { ReportAt } from './json-object.ts';
import { JsonSyntaxError, parseJsonTree } from './json-tree.ts';
import type { JsonNode } from './json-tree.ts';
import { locator } from './locate.ts';
import type { Locate } from './locate.ts';
import { artifactKey, imageKey } from './lock.ts';
import type { Lock } from './lock.ts';
import { readLockedArtifact } from './locked-artifact.ts';
import { readLockedImage } from './locked-image.ts';

/**
 * Reads a lock file, strictly; `fileName` is what its errors call it. Every problem at once, each with its place:
 * `catalog/lock-syntax` (not JSON), `catalog/lock-key` (unknown, duplicate or missing), `catalog/lock-value`,
 * `catalog/lock-duplicate` (one artifact twice).
 */
export function parseLock(text: string, fileName: string): Result<Lock> {
  const problems: Diagnostic[] = [];
  const locate = locator(fileName, text);
  const report: ReportAt = (kind, span, path, message, hint) => {
    problems.push({
      severity: 'error',
      code: `catalog/lock-${kind}`,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(path === '' ? {} : { path }),
      location: locate(span),
    });
  };
  const root = parseTree(text, report);
  const empty = { artifacts: [], images: [] };
  return settle(root ? readLists(root, locate, report) : empty, problems);
}

function parseTree(text: string, report: ReportAt): JsonNode | undefined {
  try {
    return parseJsonTree(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    report('syntax', error, '', error.message, 'a lock file is plain JSON; `flexgen lock` writes it');
    return undefined;
  }
}

function readLists(root: JsonNode, locate: Locate, report: ReportAt): Lock {
  const keys = { required: ['lockVersion', 'artifacts'], optional: ['images'] };
  const members = readObject(root, '', keys, report);
  const lockVersion = members.get('lockVersion');
  if (lockVersion && !(lockVersion.kind === 'scalar' && lockVersion.value === 1)) {
    report(
      'value',
      lockVersion,
      'lockVersion',
      'lockVersion must be 1',
      'a newer flexgen may have written this',
    );
    // What stands in another version's file is not for this one to judge.
    return { artifacts: [], images: [] };
  }
  const list = <T>(
    name: string,
    readItem: (item: JsonNode, path: string) => T | undefined,
    keyOf: (entry: T) => string,
  ) => readList({ list: members.get(name), name, readItem, keyOf, locate, report });
  return {
    artifacts: list('artifacts', (item, path) => readLockedArtifact(item, path, report, locate), artifactKey),
    images: list('images', (item, path) => readLockedImage(item, path, report), imageKey),
  };
}

interface List<T> {
  readonly list: JsonNode | undefined;
  readonly name: string;
  readonly readItem: (item: JsonNode, path: string) => T | undefined;
  readonly keyOf: (entry: T) => string;
  readonly locate: Locate;
  readonly report: ReportAt;
}

function readList<T>({ list, name, readItem, keyOf, locate, report }: List<T>): readonly T[] {
  if (!list) return [];
  if (list.kind !== 'array') {
    report('value', list, name, `${name} must be a list: [ … ]`);
    return [];
  }
  const firstLines = new Map<string, number>();
  return list.items.flatMap((item, index) => {
    const path = `${name}[${index}]`;
    const entry = readItem(item, path);
    if (!entry) return [];
    const key = keyOf(entry);
    const firstLine = firstLines.get(key);
    if (firstLine === undefined) {
      firstLines.set(key, locate(item).line);
    } else {
      const brace = { start: item.start, end: item.start + 1 };
      report('duplicate', brace, path, `${key} is locked twice`, `the first one is on line ${firstLine}`);
    }
    return [entry];
  });
}
