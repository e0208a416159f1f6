import { settle } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { readObject } from './json-object.ts';
import type { ReportAt } from './json-object.ts';
import { JsonSyntaxError, parseJsonTree } from './json-tree.ts';
import type { JsonNode } from './json-tree.ts';
import { locator } from './locate.ts';
import type { Locate } from './locate.ts';
import { artifactKey } from './lock.ts';
import type { Lock, LockedArtifact } from './lock.ts';
import { readLockedArtifact } from './locked-artifact.ts';

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
  return settle({ artifacts: root ? readArtifacts(root, locate, report) : [] }, problems);
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

function readArtifacts(root: JsonNode, locate: Locate, report: ReportAt): readonly LockedArtifact[] {
  const members = readObject(root, '', { required: ['lockVersion', 'artifacts'], optional: [] }, report);
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
    return [];
  }
  const list = members.get('artifacts');
  if (!list) return [];
  if (list.kind !== 'array') {
    report('value', list, 'artifacts', 'artifacts must be a list: [ … ]');
    return [];
  }
  const firstLines = new Map<string, number>();
  return list.items.flatMap((item, index) => {
    const path = `artifacts[${index}]`;
    const artifact = readLockedArtifact(item, path, report, locate);
    if (!artifact) return [];
    const key = artifactKey(artifact);
    const firstLine = firstLines.get(key);
    if (firstLine === undefined) {
      firstLines.set(key, locate(item).line);
    } else {
      const brace = { start: item.start, end: item.start + 1 };
      report('duplicate', brace, path, `${key} is locked twice`, `the first one is on line ${firstLine}`);
    }
    return [artifact];
  });
}
