import type { FileRef, SecretRef } from '../config/spec.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { UnusableSecret, readSecret } from './secret.ts';
import type { Surroundings } from './secret.ts';
import { UnreadableFile, readText } from './text.ts';

/** The texts that the references of a config stand for. */
export interface Inputs {
  readonly texts: ReadonlyMap<string, string>;
  /** Without locations: the caller knows the config's text. */
  readonly problems: readonly Diagnostic[];
}

type Ref = FileRef | SecretRef;

const isRef = (value: object): value is Ref => 'at' in value && ('file' in value || 'kind' in value);

function* refsIn(value: unknown): Generator<Ref> {
  if (typeof value !== 'object' || value === null) return;
  if (isRef(value)) yield value;
  else for (const child of Object.values(value)) yield* refsIn(child);
}

/** The variables that a part of a Spec names as secrets. */
export function secretVariables(part: object): readonly string[] {
  return [...refsIn(part)].flatMap((ref) => ('kind' in ref && ref.kind === 'env' ? [ref.name] : []));
}

/** The same in what stands in a config, or in a list of nodes, as it is written: only secrets are `{env: NAME}`. */
export function* writtenVariables(data: unknown): Generator<string> {
  if (typeof data !== 'object' || data === null) return;
  if ('env' in data && typeof data.env === 'string') yield data.env;
  else for (const child of Object.values(data)) yield* writtenVariables(child);
}

/** Whether anything in a part of a Spec is still to be made. */
export function hasMinted(part: object): boolean {
  return [...refsIn(part)].some((ref) => 'kind' in ref && ref.kind === 'minted');
}

async function read(ref: Ref, surroundings: Surroundings): Promise<string | Diagnostic> {
  const problem = (message: string, hint: string): Diagnostic => ({
    severity: 'error',
    code: 'config/unreadable',
    path: ref.at,
    message,
    hint,
  });
  try {
    return 'file' in ref
      ? await readText(surroundings.resolve(ref.file))
      : await readSecret(ref, surroundings);
  } catch (error) {
    if (error instanceof UnusableSecret) return problem(error.message, error.hint);
    if (error instanceof UnreadableFile && 'file' in ref) {
      return problem(`can't read ${ref.file}: ${error.reason}`, error.hint);
    }
    throw error;
  }
}

/** Reads every file and secret that stands anywhere in a Spec, all problems at once. */
export async function readInputs(spec: object, surroundings: Surroundings): Promise<Inputs> {
  const refs = [...refsIn(spec)];
  const results = await Promise.all(refs.map((ref) => read(ref, surroundings)));
  const texts = new Map<string, string>();
  const problems: Diagnostic[] = [];
  for (const [index, ref] of refs.entries()) {
    const result = results[index];
    if (typeof result === 'string') texts.set(ref.at, result);
    else if (result !== undefined) problems.push(result);
  }
  return { texts, problems };
}

/** More texts than any config names for all of its nodes together. */
const remembered = 256;

/**
 * The same for many Specs, one after the other: a file that they share is read once. Forgets what was read long ago, so
 * that a file for each of thousands of nodes takes no memory.
 */
export function inputReader(surroundings: Surroundings): (spec: object) => Promise<Inputs> {
  const known = new Map<string, string>();
  return async (spec) => {
    const texts = new Map<string, string>();
    const problems: Diagnostic[] = [];
    for (const ref of refsIn(spec)) {
      const key = JSON.stringify(ref);
      const result = known.get(key) ?? (await read(ref, surroundings));
      if (typeof result !== 'string') {
        problems.push(result);
        continue;
      }
      texts.set(ref.at, result);
      if (known.size >= remembered) known.clear();
      known.set(key, result);
    }
    return { texts, problems };
  };
}
