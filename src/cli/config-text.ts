import { hashComment } from '../encode/comment.ts';
import { readableYaml } from '../encode/document.ts';

/** A section of a config, and what a reader should know of it. */
export interface Section {
  readonly key: string;
  readonly comment: readonly string[];
  /** Undefined or an empty map: it is left out. */
  readonly value: unknown;
}

const isWritten = ({ value }: Section): boolean =>
  value !== undefined && (typeof value !== 'object' || Object.keys(Object(value)).length > 0);

/** A whole config for people: each section below its comment, and a last word. */
export function configText(
  head: readonly string[],
  sections: readonly Section[],
  tail: readonly string[] = [],
): string {
  const written = [{ key: 'apiVersion', comment: [], value: 'flexgen/v1' }, ...sections]
    .filter(isWritten)
    .map(({ key, comment, value }) => hashComment(comment) + readableYaml({ [key]: value }));
  const end = tail.length === 0 ? '' : `\n${hashComment(tail)}`;
  return `${hashComment(head)}${written.join('\n')}${end}`;
}
