import { builtinModules } from 'node:module';
import { posix } from 'node:path';

const BELOW_ENCODE = ['diagnostics'];
const BELOW_CATALOG = ['encode', ...BELOW_ENCODE];
const BELOW_CONFIG = ['catalog', 'template', ...BELOW_CATALOG];
const BELOW_NODE = ['config', ...BELOW_CONFIG];
const BELOW_RENDER = ['node', ...BELOW_NODE];
const BELOW_EFFECTS = ['render', ...BELOW_RENDER];

/** The floors of src, and those that each may import from. Imports run down only. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  encode: BELOW_ENCODE,
  catalog: BELOW_CATALOG,
  template: BELOW_CATALOG,
  config: BELOW_CONFIG,
  node: BELOW_NODE,
  render: BELOW_RENDER,
  io: BELOW_EFFECTS,
  kubernetes: BELOW_EFFECTS,
  azure: BELOW_EFFECTS,
  cli: ['azure', 'kubernetes', 'io', ...BELOW_EFFECTS],
  build: ['cli', 'azure', 'kubernetes', 'io', ...BELOW_EFFECTS],
};

/** The floors that may touch the disk, the network, processes and Azure's packages. */
const EFFECTS: ReadonlySet<string> = new Set(['io', 'kubernetes', 'azure', 'cli', 'build']);

/** Node's modules that compute and nothing else. */
const PURE_MODULES: ReadonlySet<string> = new Set([
  'buffer',
  'crypto',
  'path',
  'path/posix',
  'url',
  'util',
  'zlib',
]);

const OWN = './src/';

/** The global names by which a file reaches the outside without an import. */
const GLOBALS = /(?<![\w.$])(?:process\s*(?:\?\.|\.|\[)|fetch\s*\()/;

/**
 * What breaks the import rule in these files, one line each.
 *
 * @param files the text of each file by its path below src, e.g. `node/plan.ts`
 */
export function violations(files: ReadonlyMap<string, string>): string[] {
  const graph = new Map(
    [...files].map(([file, text]) => [file, specifiers(text).map((name) => resolve(file, name))]),
  );
  return [
    ...[...graph].flatMap(([file, targets]) => targets.flatMap((target) => edge(file, target) ?? [])),
    ...[...files].flatMap(([file, text]) => globals(file, text) ?? []),
    ...circles(graph),
  ];
}

const STRING_OR_COMMENT = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[^]*?\*\/|\/\/[^\n]*/g;
const SPECIFIER =
  /(?:^|[;}])\s*(?:import|export)\b(?:[^'"`;=()]*?\bfrom)?\s*["']([^"'\n]+)["']|\bimport\s*\(\s*["'`]([^"'`\n]+)["'`]/gm;

/** What a file imports and exports from, types and dynamic imports included. */
function specifiers(text: string): string[] {
  const code = text.replace(STRING_OR_COMMENT, (_match, string: string | undefined) => string ?? ' ');
  return [...code.matchAll(SPECIFIER)].flatMap(([, fixed, dynamic]) => fixed ?? dynamic ?? []);
}

/** `./src/…` for the project's own files, else the name of the package or of Node's module. */
function resolve(file: string, specifier: string): string {
  return specifier.startsWith('.') ? `./${posix.join('src', posix.dirname(file), specifier)}` : specifier;
}

function floorOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function edge(file: string, target: string): string | undefined {
  const from = floorOf(file);
  const allowed = FLOORS[from];
  if (allowed === undefined) return `${file}: ${from} is no floor of the house`;
  if (!target.startsWith('./')) {
    const reaches = target.startsWith('@azure/') || isEffectModule(target);
    return reaches && !EFFECTS.has(from)
      ? `${file}: ${from} is pure and may not import ${target}`
      : undefined;
  }
  // Data, not code: the version comes from there.
  if (target === './package.json') return undefined;
  if (!target.startsWith(OWN)) return `${file}: ${target} is outside of src`;
  const path = target.slice(OWN.length);
  const to = floorOf(path);
  return to === from || allowed.includes(to)
    ? undefined
    : `${file}: ${from} may not import from ${to} (${path})`;
}

function isEffectModule(name: string): boolean {
  const module = name.replace(/^node:/, '');
  return (name.startsWith('node:') || builtinModules.includes(module)) && !PURE_MODULES.has(module);
}

function globals(file: string, text: string): string | undefined {
  const found = GLOBALS.exec(text.replace(STRING_OR_COMMENT, ' '))?.[0];
  const floor = floorOf(file);
  return found === undefined || EFFECTS.has(floor)
    ? undefined
    : `${file}: ${floor} is pure and may not use ${found}`;
}

/** Each circle once, from the file at which the search met it. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push(`circle: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`);
      return;
    }
    if (finished.has(file)) return;
    for (const target of graph.get(file) ?? []) {
      if (target.startsWith(OWN)) visit(target.slice(OWN.length), [...path, file]);
    }
    finished.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
