import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { parse } from '@cdktf/hcl2json';
import { workstation } from '../azure-cli/support.ts';
import { execute, root, temporary } from '../cli/run.ts';
import { lacks, read } from '../encode/reader.ts';
import { startOpenApiServer } from '../secrets/api-server.ts';
import { npmEnv, wantFlexgen } from './project.ts';
import { readWorkflow, runSteps, startIssuer } from './runner.ts';
import { callsIn, examples } from './workbench.ts';

const text = readFileSync(join(examples, 'github-actions.yaml'), 'utf8');
const workflow = readWorkflow(text);
const job = workflow.jobs['machine'] ?? assert.fail('there is a job');

const isPayload = /^#cloud-config\n# flexgen: edge-01 becomes a node of aks1;/;

/** What hcl2json makes of the example that calls flexgen itself. */
interface ExternalData {
  readonly data: {
    readonly external: { readonly payload: readonly [{ readonly program: readonly string[] }] };
  };
}

/** A node of that name that is Ready, as if its kubelet had joined. */
const ready = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, creationTimestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z') },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});

async function put(url: string, object: object): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const call = request(url, { method: 'PATCH', rejectUnauthorized: false }, (response) => {
      response.resume().once('end', resolve);
    });
    call.once('error', reject).end(JSON.stringify(object));
  });
}

/** A repository as the example wants it, Azure and a cluster for it, and a runner that GitHub gives tokens. */
async function site(t: TestContext) {
  const station = await workstation(t);
  const api = await startOpenApiServer(t);
  station.azure.setCluster({ server: api.url });
  await station.configure({ auth: { mode: 'bootstrap-token' } });
  const home = temporary(t);
  const cwd = join(home, 'repository');
  const calls = join(home, 'calls');
  for (const folder of [cwd, calls, join(home, 'bin')]) mkdirSync(folder);
  copyFileSync(join(station.dir, 'edge.yaml'), join(cwd, 'flexgen.yaml'));
  symlinkSync(join(root, 'test/provisioners/standin.sh'), join(home, 'bin/aws'));
  await wantFlexgen(t, cwd);
  const { clientId, tenantId, federatedToken } = station.azure.credentials;
  const secrets = { word: 'the-jobs-word', azure: federatedToken, aws: 'a-token-for-aws' };
  const tokens = { 'api://AzureADTokenExchange': secrets.azure, 'sts.amazonaws.com': secrets.aws };
  const env = {
    ...npmEnv(home),
    CALLS: calls,
    AZURE_CLIENT_ID: clientId,
    AZURE_TENANT_ID: tenantId,
    ACTIONS_ID_TOKEN_REQUEST_URL: await startIssuer(t, secrets.word, tokens),
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: secrets.word,
  };
  return { ...station, api, cwd, env, secrets, home, calls: () => callsIn(calls) };
}

suite('a workflow of GitHub', () => {
  test('may ask for tokens of its own and read its repository, and has no secret', () => {
    assert.deepEqual(workflow.permissions, {});
    assert.deepEqual(job.permissions, { 'contents': 'read', 'id-token': 'write' });
    assert.doesNotMatch(text, /secrets\./);
    assert.equal(workflow.defaults.run.shell, 'bash');
    const subject = `environment:${job.environment},`;
    assert.ok(text.split('\n').some((line) => line.startsWith('#') && line.includes(subject)));
    for (const { run = '' } of job.steps) assert.doesNotMatch(run, /\$\{\{/);
  });

  test('its actions are those of our own workflows, at the same commits', () => {
    const own = readFileSync(join(root, '.github/workflows/publish.yml'), 'utf8');
    for (const { uses } of job.steps) assert.ok(uses === undefined || own.includes(`uses: ${uses} #`), uses);
  });

  test('its commands please shellcheck', (t) => {
    for (const { run } of job.steps) {
      if (run === undefined) continue;
      const input = `set -eo pipefail\n${run}`;
      const said = read('shellcheck', ['--shell=bash', '--severity=style', '-'], { input });
      if (said === undefined) return lacks(t, 'shellcheck');
    }
  });

  test('with flexgen as it is packed', async (t) => {
    if (read('jq', ['--version']) === undefined) return lacks(t, 'jq');
    const { azure, api, cwd, env, secrets, calls } = await site(t);
    const kept = (): readonly string[] => readdirSync(join(cwd, '../runner-temp'));

    await t.test('without a token of GitHub’s nothing is made, and the step says so', async () => {
      const ran = await runSteps(job.steps, { cwd, env: { ...env, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'no' } });
      assert.deepEqual(
        ran.map(({ step, exitCode }) => [step.name ?? step.run, exitCode === 0]),
        [
          ['npm ci', true],
          ['tokens to sign in with', false],
          ['nothing of it stays', true],
        ],
      );
      assert.match(ran[1]?.stderr ?? '', /401/);
      assert.deepEqual([calls(), api.tokens.size, kept()], [[], 0, []]);
    });

    await t.test(
      'it signs in, renders, makes the machine, waits; its log and its disk keep no secret',
      async () => {
        await put(`${api.url}/api/v1/nodes/edge-01`, ready('edge-01'));
        const ran = await runSteps(job.steps, { cwd, env });
        const log = ran.map(({ stdout, stderr }) => stdout + stderr).join('');
        assert.deepEqual(
          ran.map(({ exitCode }) => exitCode),
          [0, 0, 0, 0, 0],
          log,
        );
        assert.match(log, /aks1: edge-01 is Ready/);

        const [call = assert.fail('aws is called')] = calls();
        assert.deepEqual(call.argv.slice(0, 3), ['aws', 'ec2', 'run-instances']);
        const payload = call.files['user-data'] ?? '';
        assert.match(payload, isPayload);
        const [token = assert.fail('a token is made')] = api.tokens;
        assert.ok(payload.includes(token));

        const signIns = azure.requests.filter(({ path }) => path.endsWith('/oauth2/v2.0/token'));
        assert.ok(signIns.length > 0 && signIns.every(({ status }) => status === 200));
        for (const secret of [...Object.values(secrets), token, ...api.bearers, payload])
          assert.ok(!log.includes(secret), 'a secret is in the log');
        assert.deepEqual(kept(), []);
      },
    );

    await t.test('Terraform’s data source is answered by it, with the token that is there', async () => {
      const hcl = await parse('main.tf', readFileSync(join(examples, 'terraform-external.tf'), 'utf8'));
      const { program: words } = (hcl as ExternalData).data.external.payload[0];
      const [program = '', ...args] = words.map((word) => word.replace('${path.module}', '.'));
      const made = [...api.tokens];
      const signedIn = { ...env, AZURE_FEDERATED_TOKEN_FILE: azure.credentials.federatedTokenFile };
      const { exitCode, stdout, stderr } = await execute(program, args, { cwd, env: signedIn, stdin: '{}' });
      assert.equal(exitCode, 0, stderr);
      const { user_data: payload } = JSON.parse(stdout) as { readonly user_data: string };
      assert.match(payload, isPayload);
      assert.deepEqual([...api.tokens], made);
      assert.ok(payload.includes(made[0] ?? ''));
    });
  });
});
