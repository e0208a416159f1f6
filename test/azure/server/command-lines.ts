import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokens } from './tokens.ts';

export interface CommandLineParts {
  readonly tokens: Tokens;
  readonly tenantId: string;
  readonly userObjectId: string;
  readonly subscriptionId: string;
  /** Whether the user sees that subscription. */
  isVisible(): boolean;
  /** Resources for which there are tokens: scopes without `/.default`. */
  readonly resources: ReadonlySet<string>;
  isSignedIn(): boolean;
  violate(words: string): void;
}

/** What a run prints, and its exit code. */
interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** What a run was asked for; null where the real program would have refused the arguments. */
interface Wish {
  readonly resource: string;
  readonly tenantId: string | undefined;
  readonly subscriptionId?: string | undefined;
}

type Program = 'az' | 'azd';

/** Asks a port of 127.0.0.1 what to print, without a program that would have to be there or takes its time to start. */
const script = (program: Program, port: number): string => `#!/bin/bash
LC_ALL=C
printf -v asked '%s\\n' ${program} "$@"
exec 3<>/dev/tcp/127.0.0.1/${port}
printf 'POST / HTTP/1.0\\r\\nContent-Length: %d\\r\\n\\r\\n%s' \${#asked} "$asked" >&3
while read -ru3 line && [[ $line != $'\\r' ]]; do :; done
read -ru3 code
mapfile -u3 lines
((code == 0)) || exec >&2
printf %s "\${lines[@]}"
exit "$code"
`;

/** Writes `az` and `azd` into `dir`; they ask this port what to print. */
export async function installCommandLines(dir: string, port: number): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const program of ['az', 'azd'] as const)
    await writeFile(join(dir, program), script(program, port), { mode: 0o755 });
}

/** Answers one run, of which `asked` has the program's name and its arguments, with its exit code and what it prints. */
export function answerCommandLine(asked: string, runs: string[], parts: CommandLineParts): string {
  const [program, ...args] = asked.split('\n').slice(0, -1) as [Program, ...string[]];
  runs.push([program, ...args].join(' '));
  const wish = program === 'az' ? azWish(args) : azdWish(args);
  if (wish === null) parts.violate(`${program}: arguments ${args.join(' ')}`);
  const { code, stdout, stderr } = runOf(program, wish, parts);
  return `${code}\n${stdout}${stderr}`;
}

function runOf(program: Program, wish: Wish | null, parts: CommandLineParts): Run {
  const fail = (words: string): Run => ({ stdout: '', stderr: `ERROR: ${words}\n`, code: 1 });
  if (wish === null) return { ...fail('unrecognized arguments'), code: 2 };
  const { resource, tenantId, subscriptionId } = wish;
  if (!parts.isSignedIn())
    return fail(
      program === 'az'
        ? "Please run 'az login' to setup account."
        : 'not logged in, run `azd auth login` to login',
    );
  if (tenantId !== undefined && tenantId.toLowerCase() !== parts.tenantId)
    return fail(
      `AADSTS90002: Tenant '${tenantId}' not found. Check to make sure you have the correct tenant ID.`,
    );
  const isSeen = parts.isVisible() && subscriptionId?.toLowerCase() === parts.subscriptionId.toLowerCase();
  if (subscriptionId !== undefined && !isSeen)
    return fail(`Subscription '${subscriptionId}' not found. Check the spelling and casing and try again.`);
  if (!parts.resources.has(resource)) {
    parts.violate(`${program}: resource ${resource}`);
    return fail(`AADSTS500011: The resource principal named ${resource} was not found in the tenant.`);
  }
  const user = { tenantId: parts.tenantId, objectId: parts.userObjectId, name: 'operator@edge.example' };
  const { token, expiresOn } = parts.tokens.issue(user, resource);
  const time = new Date(expiresOn * 1000).toISOString();
  const document =
    program === 'az'
      ? {
          accessToken: token,
          // Local time without a zone: what made the number necessary.
          expiresOn: time.replace('T', ' ').replace(/\..*/, '.000000'),
          expires_on: expiresOn,
          subscription: parts.subscriptionId,
          tenant: parts.tenantId,
          tokenType: 'Bearer',
        }
      : { token, expiresOn: time.replace(/\..*/, 'Z') };
  return { stdout: `${JSON.stringify(document, null, 2)}\n`, stderr: '', code: 0 };
}

/** `az account get-access-token --output json --resource R [--tenant T | --subscription S]`, in any order of the options. */
function azWish(args: readonly string[]): Wish | null {
  const options = optionsAfter(
    args,
    ['account', 'get-access-token'],
    ['--output', '--resource', '--tenant', '--subscription'],
  );
  const [resource, tenantId, subscriptionId] = ['--resource', '--tenant', '--subscription'].map((name) =>
    options?.get(name),
  );
  if (options?.get('--output') !== 'json' || resource === undefined) return null;
  return tenantId === undefined || subscriptionId === undefined
    ? { resource, tenantId, subscriptionId }
    : null;
}

/** `azd auth token --output json --no-prompt --scope S [--tenant-id T]`, in any order of the options. */
function azdWish(args: readonly string[]): Wish | null {
  const rest = args.filter((arg) => arg !== '--no-prompt');
  const options = optionsAfter(rest, ['auth', 'token'], ['--output', '--scope', '--tenant-id']);
  const scope = /^(.+)\/\.default$/.exec(options?.get('--scope') ?? '')?.[1];
  if (rest.length !== args.length - 1 || options?.get('--output') !== 'json' || scope === undefined)
    return null;
  return { resource: scope, tenantId: options.get('--tenant-id') };
}

/** Options with their values behind `verb`; null where anything else, or one twice, is there. */
function optionsAfter(
  args: readonly string[],
  verb: readonly string[],
  known: readonly string[],
): ReadonlyMap<string, string> | null {
  const rest = args.slice(verb.length);
  if (verb.some((word, index) => args[index] !== word) || rest.length % 2 === 1) return null;
  const options = new Map<string, string>();
  for (let index = 0; index < rest.length; index += 2) {
    const [name = '', value = ''] = rest.slice(index, index + 2);
    if (!known.includes(name) || options.has(name) || value === '') return null;
    options.set(name, value);
  }
  return options;
}
