import { formatPath, type Path } from '../path.ts';
import type { Range } from './source.ts';

/** Where a value of the config stands. An item of a list has no key; what is written over several lines has its key shown. */
export interface Position {
  readonly key: Range | null;
  readonly value: Range;
  /** Whether the value is best pointed at itself: a scalar or a `{…}`/`[…]`, not an indented block or nothing at all. */
  readonly inline: boolean;
}

/** A key or a plain value as the file has it, with its place. */
export interface WrittenScalar {
  readonly path: Path;
  readonly value: unknown;
  readonly range: Range;
  readonly isKey: boolean;
}

/** Where everything that was read stands, by config path. */
export class Positions {
  readonly scalars: WrittenScalar[] = [];
  readonly #byPath = new Map<string, Position>();

  readonly #spoiled = new Set<string>();

  /** Says where a path stands. What a duplicate key says later is passed by. */
  set(path: Path, position: Position): void {
    const text = formatPath(path);
    if (!this.#byPath.has(text)) this.#byPath.set(text, position);
  }

  /** Says that the value of a path could not be read, so that nothing more need be said of it. */
  spoil(path: Path): void {
    this.#spoiled.add(formatPath(path));
  }

  isSpoiled(path: Path): boolean {
    return this.#spoiled.has(formatPath(path));
  }

  /** Whether the file has this path; a default has none. */
  has(path: Path): boolean {
    return this.#byPath.has(formatPath(path));
  }

  /** Where to point for a path: its value or its key, or for what is not written the nearest thing around it. */
  point(path: Path, target: 'key' | 'value' = 'value'): Range {
    for (let length = path.length; length > 0; length--) {
      const position = this.#byPath.get(formatPath(path.slice(0, length)));
      if (position === undefined) continue;
      const wantsKey = target === 'key' || length < path.length || !position.inline;
      return wantsKey && position.key !== null ? position.key : position.value;
    }
    return { start: 0, end: 1 };
  }
}
