import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Scalar } from 'yaml';
import type { Path } from '../path.ts';
import { quote } from '../quote.ts';
import { findExcess, maxDepth, type Excess } from './bounds.ts';
import { Positions } from './positions.ts';
import type { Range, Source } from './source.ts';
import { yamlProblems, type YamlProblem } from './yaml-problems.ts';

/** A YAML file as plain data, where it all stands, and what is wrong with it as YAML. */
export interface Read {
  readonly data: unknown;
  readonly positions: Positions;
  /** Not located yet: first what is secret must be hidden. */
  readonly problems: readonly YamlProblem[];
  /** The text made no sense, so that `data` says nothing. */
  readonly broken: boolean;
}

const excessTexts: Record<Excess['what'], string> = {
  length: 'the file is larger than 1 MiB',
  depth: 'the file is nested too deeply',
  tokens: 'the file holds too many values',
};

const aliasText = [
  'YAML aliases (`*name`) are not supported',
  'write the value out, or put it in quotes',
] as const;
const wrongFile = 'is this the right file?';

/** The map key of an own property that would be none of its own, e.g. the prototype. */
const unusableKeys = new Set(['__proto__']);

function rangeOf(node: Node): Range {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** Reads YAML 1.2 (core schema): one document without aliases, merges, tags and directives. */
export function readYaml(source: Source): Read {
  const positions = new Positions();
  const excess = findExcess(source.text);
  if (excess !== undefined) {
    const problem = {
      code: 'config/too-large',
      message: excessTexts[excess.what],
      hint: wrongFile,
      range: excess,
    };
    return { data: undefined, positions, problems: [problem], broken: true };
  }
  // Its own check for unique keys compares each with each: half a minute for 100,000 keys.
  const document = parseDocument(source.text, { version: '1.2', uniqueKeys: false, prettyErrors: false });
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0 || document.directives?.yaml.explicit === true) {
    return { data: undefined, positions, problems: yamlProblems(errors, source), broken: true };
  }

  const problems: YamlProblem[] = [];
  const report = (code: string, message: string, hint: string, range: Range) =>
    void problems.push({ code, message, hint, range });
  /** The same for a value, of which nothing more is said then. */
  const spoil = (path: Path, ...problem: Parameters<typeof report>) => {
    positions.spoil(path);
    report(...problem);
  };

  function readScalar(scalar: Scalar, path: Path): unknown {
    const { value } = scalar;
    positions.scalars.push({ path, value, range: rangeOf(scalar), isKey: false });
    if (typeof value === 'number' && !Number.isFinite(value)) {
      spoil(
        path,
        'config/number',
        'this is not a finite number',
        'write a number, or quote the text',
        rangeOf(scalar),
      );
    }
    return value;
  }

  /** The pair's key, or undefined when it can be none. */
  function readKey(key: unknown, range: Range, path: Path, seen: ReadonlySet<string>): string | undefined {
    if (!isScalar(key)) {
      // What should have been text may be a secret.
      positions.scalars.push({ path, value: '', range, isKey: false });
      const hint = 'write `key: value`, and put a value that starts with `{`, `[`, `*` or `?` in quotes';
      spoil(path, 'config/key', 'a key must be a string', hint, range);
      return undefined;
    }
    if (typeof key.value !== 'string') {
      report('config/key', 'a key must be a string', 'put the key in quotes', range);
      return undefined;
    }
    const name = key.value;
    positions.scalars.push({ path: [...path, name], value: name, range, isKey: true });
    if (name === '<<' && key.type === 'PLAIN') {
      report('config/yaml', 'YAML merges (`<<`) are not supported', 'write the keys out', range);
    } else if (unusableKeys.has(name)) {
      report('config/unknown-key', `unknown key ${quote(name)}`, 'remove it', range);
    } else if (seen.has(name)) {
      const first = source.locate(positions.point([...path, name], 'key'));
      report(
        'config/duplicate-key',
        `duplicate key ${quote(name)}`,
        `the first one is in line ${first.line}: keep one`,
        range,
      );
    } else {
      return name;
    }
    return undefined;
  }

  function readNode(node: unknown, path: Path, key: Range | null): unknown {
    if (!isNode(node)) {
      if (key !== null) positions.set(path, { key, value: key, inline: false });
      return null;
    }
    const range = rangeOf(node);
    const flow = (isMap(node) || isSeq(node)) && node.flow === true;
    const empty = isScalar(node) && node.value === null && (node.source ?? '') === '';
    positions.set(path, { key, value: range, inline: flow || (isScalar(node) && !empty) });
    if (path.length > maxDepth) {
      report('config/too-large', excessTexts.depth, wrongFile, range);
      return null;
    }
    if (isAlias(node)) {
      spoil(path, 'config/yaml', ...aliasText, range);
      return null;
    }
    if (isSeq(node)) return node.items.map((item, index) => readNode(item, [...path, index], null));
    if (!isMap(node)) return isScalar(node) ? readScalar(node, path) : null;
    const seen = new Set<string>();
    const entries: [string, unknown][] = [];
    for (const pair of node.items) {
      const keyRange = isNode(pair.key) ? rangeOf(pair.key) : range;
      const name = readKey(pair.key, keyRange, path, seen);
      // What a wrong key has is read too, since it may be a secret to hide.
      const value = readNode(pair.value, [...path, name ?? String(pair.key)], keyRange);
      if (name === undefined) continue;
      seen.add(name);
      entries.push([name, value]);
    }
    return Object.fromEntries(entries);
  }

  const data = readNode(document.contents, [], null);
  return { data, positions, problems, broken: false };
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}
