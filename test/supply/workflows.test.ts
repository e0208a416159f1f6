import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../cli/run.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly 'uses'?: string;
  readonly 'permissions'?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly 'needs'?: string;
  readonly 'steps'?: readonly Step[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = `${root}/.github/workflows`;
const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));
const workflows = new Map([...texts].map(([name, text]) => [name, parse(text) as Workflow]));
const jobs = [...workflows.values()].flatMap((workflow) => Object.values(workflow.jobs));
const steps = jobs.flatMap((job) => job.steps ?? []);

suite('GitHub workflows', () => {
  test('each action of others is one commit, and its version stands beside it', () => {
    const lines = [...texts.values()]
      .flatMap((text) => text.split('\n'))
      .filter((line) => /\buses: /.test(line));
    assert.ok(lines.length > 5);
    for (const line of lines)
      assert.match(
        line,
        /uses: (?:\.\/\.github\/workflows\/\S+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
      );
  });

  test('no job may do more than read, but for the one that signs', () => {
    for (const { permissions } of workflows.values()) assert.deepEqual(permissions, { contents: 'read' });
    const more = [...workflows].flatMap(([name, workflow]) =>
      Object.entries(workflow.jobs).flatMap(([job, { permissions }]) =>
        permissions === undefined ? [] : [{ job: `${name} ${job}`, permissions }],
      ),
    );
    const permissions = { 'contents': 'read', 'id-token': 'write' };
    assert.deepEqual(more, [{ job: 'publish.yml publish', permissions }]);
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      assert.equal(step.with?.['persist-credentials'], false);
  });

  test('no text of an event is put into a command', () => {
    for (const { run = '' } of steps) assert.doesNotMatch(run, /\$\{\{/);
    for (const text of texts.values()) assert.doesNotMatch(text, /pull_request_target|secrets\./);
  });

  test('CI is .ci/run, and nothing is published that has not passed it', () => {
    const runs = (name: string, job: string) =>
      workflows.get(name)?.jobs[job]?.steps?.map(({ run }) => run) ?? [];
    assert.ok(runs('ci.yml', 'run').some((run) => run?.endsWith(' .ci/run')));
    assert.equal(workflows.get('publish.yml')?.jobs['publish']?.needs, 'ci');
    const publish = runs('publish.yml', 'publish').filter((run) => run !== undefined);
    assert.deepEqual(
      publish.filter((run) => /^npm (?!pkg)/.test(run)),
      ['npm ci', 'npm run test:release', 'npm publish --provenance --access public'],
    );
  });
});
