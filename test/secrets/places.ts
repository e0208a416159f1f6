import type { Observed } from './observe.ts';
import { searcher } from './search.ts';
import type { Secrets } from './search.ts';

/** Where a secret may turn up at the workstation, and what is meant by it. */
export const places = {
  'arguments': 'arguments of a program: of flexgen, and of whatever it starts',
  'environment': 'environment of a program that flexgen starts',
  'stdout': 'standard output that is no payload',
  'json': 'standard output with `--json`',
  'stderr': 'standard error: problems, progress',
  'debug': 'both, with `NODE_DEBUG`, `DEBUG` and `AZURE_LOG_LEVEL` set to all that there is',
  'shared file': 'a file that others may read, also one that is deleted afterwards',
  'private file': 'a file that only its owner may read (0600), also one that is deleted afterwards',
  'payload': 'the payload on standard output',
} as const satisfies Record<string, string>;

export type Place = keyof typeof places;

/** What a run's standard output is. */
export type Output = 'text' | 'json' | 'payload';

const stdoutPlaces = { text: 'stdout', json: 'json', payload: 'payload' } as const satisfies Record<
  Output,
  Place
>;

/** The places of a run, with what was in them. */
function contents(run: Observed, output: Output, debug: boolean): readonly (readonly [Place, Buffer])[] {
  const [, ...children] = run.started;
  const joined = (texts: readonly string[]): Buffer => Buffer.from(texts.join('\0'));
  return [
    ['arguments', joined(run.started.flatMap(({ argv }) => argv))],
    ['environment', joined(children.flatMap(({ env }) => env))],
    [debug && output !== 'payload' ? 'debug' : stdoutPlaces[output], run.stdout],
    [debug ? 'debug' : 'stderr', run.stderr],
    ...run.written.map((file) => {
      const place = (file.mode & 0o077) === 0 ? 'private file' : 'shared file';
      return [place, Buffer.concat([Buffer.from(`${file.path}\0`), file.content])] as const;
    }),
  ];
}

/** Where each secret was in a run. */
export function placesOf(
  run: Observed,
  secrets: Secrets,
  { output = 'text', debug = false }: { readonly output?: Output; readonly debug?: boolean } = {},
): ReadonlyMap<string, ReadonlySet<Place>> {
  const look = searcher(secrets);
  const found = new Map<string, Set<Place>>(Object.keys(secrets).map((name) => [name, new Set()]));
  for (const [place, content] of contents(run, output, debug)) {
    for (const name of look(content)) found.get(name)?.add(place);
  }
  return found;
}
