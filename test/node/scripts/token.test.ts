import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { encodeEnv } from '../../../src/encode/env.ts';
import { hostile } from '../../cli/characters.ts';
import type { Outcome } from '../../cli/run.ts';
import { lacks, read } from '../../encode/reader.ts';
import { serveSecurely } from './server.ts';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const scope = '6dae42f8-4368-4678-94ff-3960e28e3630%2F.default';
const form = `grant_type=client_credentials&client_id=a-client&scope=${scope}`;

/** A machine that has what token.sh reads. */
function machineWith(t: TestContext, secret: string, authority: string, ca?: string): Machine {
  const machine = createMachine(t);
  const ours = ca === undefined ? '' : `AUTHORITY_CA=${machine.folder}/ca.pem\n`;
  if (ca !== undefined) machine.write('/ca.pem', ca);
  machine.write('/etc/flexgen/entra.env', `AUTHORITY=${authority}\n${ours}`);
  const settings = `CLIENT_ID=a-client\nTENANT=a-tenant\nCLIENT_SECRET=${encodeEnv(secret)}\n`;
  machine.write('/var/lib/kubelet/token.env', settings, 0o600);
  return machine;
}

const ask = async (machine: Machine): Promise<Outcome> => await machine.bash('exec token/secret.sh');

interface Answer {
  readonly status?: number;
  readonly body: string;
}

/** Asks a server that answers so, and gives what it was asked as well. */
async function askServer(
  t: TestContext,
  secret: string,
  { status = 200, body }: Answer,
): Promise<(Outcome & { readonly asked: string }) | undefined> {
  let asked = '';
  const server = await serveSecurely(t, (request, response) => {
    void (async () => {
      asked = await text(request);
      response.writeHead(status).end(body);
    })();
  });
  if (server === undefined) {
    lacks(t, 'openssl');
    return undefined;
  }
  return {
    ...(await ask(machineWith(t, secret, server.url, server.ca))),
    asked,
  };
}

const token = {
  token_type: 'Bearer',
  expires_in: 3599,
  ext_expires_in: 3599,
  access_token: 'header.payload.signature',
};
const wrongSecret = {
  error: 'invalid_client',
  error_description:
    'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the client secret value. Trace ID: a\r\nCorrelation ID: b\r\nTimestamp: c',
  error_codes: [7000215],
};

const skip = ['curl', 'jq'].find((tool) => read(tool, ['--version']) === undefined);

suite('token.sh', { concurrency: 2, skip: skip !== undefined && `needs ${skip}` }, () => {
  test('prints an ExecCredential that ends five minutes before the token', async (t) => {
    const before = Date.now();
    const outcome = await askServer(t, 'a~secret', { body: JSON.stringify(token) });
    if (outcome === undefined) return;
    const { exitCode, stdout, stderr } = outcome;
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const credential = JSON.parse(stdout) as { status: { expirationTimestamp: string } };
    const { expirationTimestamp } = credential.status;
    assert.deepEqual(credential, {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'header.payload.signature', expirationTimestamp },
    });
    // RFC 3339, between the earliest and the latest that the clock allows.
    assert.match(expirationTimestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const lived = (time: number): number => Math.floor(time / 1000) + 3299;
    const ends = Date.parse(expirationTimestamp) / 1000;
    assert.ok(ends >= lived(before) && ends <= lived(Date.now()), expirationTimestamp);
  });

  for (const [name, secret] of [
    ...Object.entries(hostile),
    ['what a form means by itself', `+&=% "'~;@/?`],
    ['a letter of its own', 'größe'],
    ['an at sign at its beginning', '@/etc/passwd'],
  ] as const) {
    if (/\p{Cc}/u.test(secret)) continue;
    test(`a secret with ${name} arrives`, async (t) => {
      const outcome = await askServer(t, secret, { body: JSON.stringify(token) });
      if (outcome === undefined) return;
      assert.deepEqual(
        [...new URLSearchParams(outcome.asked)],
        [
          ['grant_type', 'client_credentials'],
          ['client_id', 'a-client'],
          ['scope', decodeURIComponent(scope)],
          ['client_secret', secret],
        ],
      );
    });
  }

  for (const [name, answer, message] of [
    [
      'a wrong secret',
      { status: 401, body: JSON.stringify(wrongSecret) },
      'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the client secret value. Trace ID: a',
    ],
    ['an empty answer', { body: '' }, 'HTTP 200: no token in the answer'],
    ['an answer without a token', { body: '{}' }, 'HTTP 200: no token in the answer'],
    [
      'a token that is no text',
      { body: JSON.stringify({ ...token, access_token: 7 }) },
      'HTTP 200: no token in the answer',
    ],
    ['an empty error', { status: 500, body: '{"error":"x"}' }, 'HTTP 500: no token in the answer'],
  ] as const) {
    test(`${name} is an error, in one line and without a token`, async (t) => {
      const outcome = await askServer(t, 'a~secret', answer);
      if (outcome === undefined) return;
      const { exitCode, stdout, stderr } = outcome;
      assert.notEqual(exitCode, 0);
      assert.deepEqual({ stdout, stderr: stderr.replace(/\n$/, '') }, { stdout: '', stderr: message });
    });
  }

  test('a page of a proxy is an error', async (t) => {
    const outcome = await askServer(t, 'a~secret', {
      status: 503,
      body: '<html>\n<b>Please log in</b></html>',
    });
    if (outcome === undefined) return;
    assert.notEqual(outcome.exitCode, 0);
    assert.equal(outcome.stdout, '');
    assert.match(outcome.stderr, /parse error/);
  });

  test('a server of another CA gets no secret', async (t) => {
    let asked = 0;
    const listener = () => void asked++;
    const server = await serveSecurely(t, listener);
    const other = await serveSecurely(t, listener);
    if (server === undefined || other === undefined) return lacks(t, 'openssl');
    const { exitCode, stdout, stderr } = await ask(machineWith(t, 'a~secret', server.url, other.ca));
    assert.notEqual(exitCode, 0);
    assert.equal(stdout, '');
    assert.match(stderr, /^curl: \(60\) /);
    assert.equal(asked, 0);
  });

  test('no secret is on a command line, and no call lasts longer than client-go waits', async (t) => {
    const machine = machineWith(t, 'a~secret', 'https://login.example');
    machine.fake('curl', `printf '%s\\n' "$@" >argv; cat >stdin; echo '${JSON.stringify(token)}'`);
    machine.fake('jq', 'printf "%s\\n" "$@" >jq-argv; cat >/dev/null');
    assert.equal((await ask(machine)).exitCode, 0);
    assert.equal(machine.read('/stdin'), 'a~secret');
    assert.deepEqual(machine.read('/argv').split('\n'), [
      '-sSm20',
      '-w',
      String.raw`\n%{http_code}`,
      '-d',
      form,
      '--data-urlencode',
      'client_secret@-',
      'https://login.example/a-tenant/oauth2/v2.0/token',
      '',
    ]);
    assert.equal(machine.read('/jq-argv').includes('a~secret'), false);
  });
});
