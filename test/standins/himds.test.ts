import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { read } from '../encode/reader.ts';
import { startHimds } from '../node/scripts/himds.ts';
import { createMachine } from '../node/scripts/shell.ts';

const path = '/metadata/identity/oauth2/token';
const query = '?api-version=2020-06-01&resource=6dae42f8-4368-4678-94ff-3960e28e3630';
const metadata = { Metadata: 'true' };

interface Answer {
  readonly status: number | undefined;
  readonly challenge: string | undefined;
  readonly body: string;
}

async function get(port: number, at: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: at, headers, agent: false }, (response) => {
      text(response).then(
        (body) =>
          resolve({ status: response.statusCode, challenge: response.headers['www-authenticate'], body }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });
}

const skip = read('python3', ['--version']) === undefined;

suite('the stand-in of Arc’s token endpoint', { skip: skip && 'needs Python' }, () => {
  test('gives a token for a key that it has just put down, once', async (t) => {
    const machine = createMachine(t);
    const issue = `echo '{"access_token":"a.b.c","expires_in":"600"}'`;
    const { port, violations } = await startHimds(t, machine, issue);
    const before = Math.floor(Date.now() / 1000);
    const { status, challenge = '' } = await get(port, path + query, metadata);
    const folder = `${machine.folder}/var/opt/azcmagent/tokens`;
    const [name = ''] = readdirSync(folder);
    assert.deepEqual([status, challenge], [401, `Basic realm=${folder}/${name}`]);
    assert.equal((statSync(`${folder}/${name}`).mode & 0o777).toString(8), '640');
    const shown = { ...metadata, Authorization: `Basic ${readFileSync(`${folder}/${name}`, 'utf8')}` };
    const answer = await get(port, path + query, shown);
    assert.equal(answer.status, 200);
    const { expires_on: end, ...rest } = JSON.parse(answer.body) as Record<string, string>;
    assert.deepEqual(rest, {
      access_token: 'a.b.c',
      expires_in: '600',
      resource: '6dae42f8-4368-4678-94ff-3960e28e3630',
      token_type: 'Bearer',
    });
    assert.ok(Number(end) >= before + 600 && Number(end) <= Date.now() / 1000 + 600);
    assert.deepEqual(violations(), []);
    assert.equal((await get(port, path + query, shown)).status, 403);
    assert.deepEqual(violations(), ['403 this key was never given out, or has been used']);
  });

  test('refuses what the real one refuses, and notes it', async (t) => {
    const { port, violations } = await startHimds(t, createMachine(t), 'exit 1');
    for (const [at, headers, status] of [
      [path + query, {}, 400],
      [path + query, { Metadata: 'false' }, 400],
      [path + query, { ...metadata, 'X-Forwarded-For': '10.0.0.1' }, 400],
      [path + query.replace('06', '07'), metadata, 400],
      [`${path}?api-version=2020-06-01`, metadata, 400],
      [`${path}${query}&client_id=a`, metadata, 400],
      [path, metadata, 400],
      [`${path}/${query}`, metadata, 404],
      [`http://127.0.0.1${path}s${query}`, metadata, 404],
      [path + query, { ...metadata, Authorization: 'Bearer x' }, 401],
      [path + query, { ...metadata, Authorization: 'Basic x' }, 403],
    ] as const) {
      const answer = await get(port, at, headers);
      assert.deepEqual([at, answer.status, answer.challenge], [at, status, undefined]);
    }
    assert.equal(violations().length, 11);
  });
});
