import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parse } from 'yaml';
import { execute } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';
import { close, open } from '../azure/server/http.ts';

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
}

export interface Workflow {
  readonly permissions: object;
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: object;
        readonly environment: string;
        readonly env: Readonly<Record<string, string>>;
        readonly steps: readonly Step[];
      }
    >
  >;
}

export const readWorkflow = (text: string): Workflow => parse(text) as Workflow;

/** GitHub's issuer of tokens: for whoever has the job's word, a token of each audience that is known here. */
export async function startIssuer(
  t: TestContext,
  word: string,
  tokens: Readonly<Record<string, string>>,
): Promise<string> {
  const server = createServer(({ headers, url = '' }, response) => {
    const audience = new URL(url, 'http://issuer').searchParams.get('audience') ?? '';
    const value = headers.authorization === `Bearer ${word}` || headers.authorization === `bearer ${word}`;
    const token = value ? tokens[audience] : undefined;
    response.writeHead(token === undefined ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(token === undefined ? { message: 'Unauthorized' } : { value: token }));
  });
  const port = await open(server);
  t.after(() => close(server));
  return `http://127.0.0.1:${port}/token?api-version=2.0`;
}

/** The variables that a step left for those after it. */
const left = (file: string): Readonly<Record<string, string>> =>
  existsSync(file)
    ? Object.fromEntries([...readFileSync(file, 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, k, v]) => [k, v]))
    : {};

/**
 * Runs the commands of a job's steps one after the other, as a runner does: each by its own bash, with what the steps before
 * it left; after one that has failed only those that run always. What actions do has been done.
 */
export async function runSteps(
  steps: readonly Step[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<readonly (Outcome & { readonly step: Step })[]> {
  const temp = join(cwd, '../runner-temp');
  mkdirSync(temp, { recursive: true });
  const github = join(temp, '../github-env');
  const ran: (Outcome & { readonly step: Step })[] = [];
  for (const step of steps.filter(({ run }) => run !== undefined)) {
    if (ran.some(({ exitCode }) => exitCode !== 0) && step.if !== 'always()') continue;
    const all = { ...env, ...left(github), RUNNER_TEMP: temp, GITHUB_ENV: github };
    // What GitHub makes of `shell: bash`.
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''];
    ran.push({ step, ...(await execute('bash', args, { cwd, env: all })) });
  }
  return ran;
}
