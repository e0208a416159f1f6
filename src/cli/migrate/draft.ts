import type { Path } from '../../config/path.ts';
import type { Diagnostic, SourceLocation } from '../../diagnostics/diagnostic.ts';
import type { Leaf } from './read.ts';

/** What has become of a field. */
export interface Migrated {
  readonly path: string;
  readonly state: 'taken' | 'changed' | 'dropped' | 'refused';
  /** Where it is in flexgen's config. */
  readonly to: string | null;
  readonly why: string | null;
}

type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes a member out of a map or a list; false where it is not there. */
function remove(from: unknown, key: string | number): boolean {
  if (Array.isArray(from) && typeof key === 'number') return from.splice(key, 1).length > 0;
  if (!isTree(from) || !Object.hasOwn(from, key)) return false;
  delete from[key];
  return true;
}

/** A config that comes about field by field, and what is said of each. */
export class Draft {
  readonly config: Tree = {};
  readonly problems: Diagnostic[] = [];
  /** What must be exported before the config is used: a variable, and the path of its value in the old file. */
  readonly secrets: { readonly variable: string; readonly path: string }[] = [];
  readonly #leaves: ReadonlyMap<string, Leaf>;
  readonly #fates = new Map<string, Migrated>();
  readonly #refused: Migrated[] = [];

  constructor(leaves: readonly Leaf[]) {
    this.#leaves = new Map(leaves.map((leaf) => [leaf.path, leaf]));
  }

  has(path: string): boolean {
    return this.#leaves.has(path);
  }

  /** The text of a field; undefined where it is empty or not there. One that is no text is a problem. */
  text(path: string): string | undefined {
    const leaf = this.#leaves.get(path);
    if (leaf === undefined || leaf.value === '' || leaf.value === null) return undefined;
    if (typeof leaf.value === 'string') return leaf.value;
    this.refuse(`${path} must be a text`, 'AKSFlexNode would not start with it either', leaf.location);
    return undefined;
  }

  value(path: string): unknown {
    return this.#leaves.get(path)?.value;
  }

  locationOf(path: string): SourceLocation | undefined {
    return this.#leaves.get(path)?.location;
  }

  /** A problem without which nothing is written. */
  refuse(message: string, hint: string, location?: SourceLocation): void {
    const code = 'migrate/field';
    if (this.problems.some((one) => one.message === message)) return;
    this.problems.push({
      severity: 'error',
      code,
      message,
      hint,
      ...(location === undefined ? {} : { location }),
    });
  }

  set(to: string, value: unknown): void {
    const parts = to.split('.');
    const last = parts.pop() ?? '';
    let at = this.config;
    for (const part of parts) {
      const next = at[part];
      at = isTree(next) ? next : (at[part] = {});
    }
    at[last] = value;
  }

  /** The field is there now, as it was or, where `why` says it, otherwise. */
  take(path: string, to: string, value: unknown, why: string | null = null): void {
    if (value !== undefined) this.set(to, value);
    this.note({ path, state: why === null ? 'taken' : 'changed', to, why });
  }

  /** The field is not there any more; one of which something was said already stays that. */
  drop(path: string, why: string): void {
    if (!this.#fates.has(path)) this.note({ path, state: 'dropped', to: null, why });
  }

  /** The fields of which nothing has been said yet. */
  unsettled(): readonly Leaf[] {
    return [...this.#leaves.values()].filter(({ path }) => !this.#fates.has(path));
  }

  /** Says what has become of a field that the file has. */
  note(fate: Migrated): void {
    if (this.has(fate.path)) this.#fates.set(fate.path, fate);
  }

  /** Each field in the file's order; what of it was refused stands behind it. */
  fates(): readonly Migrated[] {
    return [...this.#leaves.keys()].flatMap((path) => {
      const fate = this.#fates.get(path);
      return fate === undefined
        ? []
        : [fate, ...this.#refused.filter((one) => one.path.startsWith(`${path}.`))];
    });
  }

  /** Takes back what flexgen does not accept at this path of its config, if anything of the old file stands there. */
  takeBack(at: Path, why: string): boolean {
    const fate = [...this.#fates.values()].find(
      ({ to }) => to !== null && to.split('.').every((part, index) => at[index] === part),
    );
    if (fate === undefined || fate.to === null) return false;
    const depth = fate.to.split('.').length;
    const [key] = at.slice(depth);
    const within = at
      .slice(0, depth)
      .reduce<unknown>((value, part) => (isTree(value) ? value[part] : undefined), this.config);
    const refused = { state: 'refused', to: null, why } as const;
    if (key !== undefined && remove(within, key)) {
      this.#refused.push({ ...refused, path: `${fate.path}.${key}` });
      return true;
    }
    this.#fates.set(fate.path, { ...fate, ...refused });
    const parent = at
      .slice(0, depth - 1)
      .reduce<unknown>((value, part) => (isTree(value) ? value[part] : undefined), this.config);
    return remove(parent, at[depth - 1] ?? '');
  }
}
