import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { test } from 'node:test';
import { createRig } from '../run.ts';
import { principal, sample, sampleFiles, withToken } from '../sample.ts';
import { refuses } from './refuses.ts';
import type { Refusal } from './refuses.ts';

const token = sampleFiles.token;
const hidden = 'Hunter2~of.a-client+secret';

/** A token that comes from there, and what is said of it: `hint` stands beside it, or below. */
const from = (
  source: string,
  name: string,
  message: string,
  hint: string,
  more: Partial<Refusal> = {},
): Refusal => ({
  name,
  config: withToken(source),
  stderr: `error: ${message}
 --> flexgen.yaml:5:10
  |
5 |   token: ${source}
  |          ${'^'.repeat(source.length)}${hint}
`,
  ...more,
});

const file = '{ file: token }';
const variable = '{ env: BOOTSTRAP_TOKEN }';
const lineBreak = [
  'the secret file token ends with a line break',
  ' an editor or `echo` adds one: write it with `printf %s`',
] as const;

refuses('secrets that are not there, or should not be', [
  {
    name: 'a token in plain',
    config: withToken(token),
    secrets: [token],
    stderr: `error: a secret may not stand in this file: \`token\` says where it comes from
 --> flexgen.yaml:5:10
  |
5 |   token: ***********************
  |          ^^^^^^^^^^^^^^^^^^^^^^^
  = write {env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}
`,
  },
  {
    name: 'a client secret in plain',
    config: principal.replace('{ file: secret }', hidden),
    secrets: [hidden],
    stderr: `error: a secret may not stand in this file: \`secret\` says where it comes from
 --> flexgen.yaml:7:11
  |
7 |   secret: **************************
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = write {env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}
`,
  },
  {
    name: 'a token in plain under a wrong key',
    config: withToken(`{ value: ${token} }`),
    secrets: [token],
    stderr: `error: a secret may not stand in this file: \`token\` says where it comes from
 --> flexgen.yaml:5:10
  |
5 |   token: { *****: *********************** }
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = write {env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}
`,
  },
  {
    name: 'a token as the name of a variable',
    config: withToken(`{ env: ${token} }`),
    secrets: [token],
    stderr: `error: this is not the name of an environment variable
 --> flexgen.yaml:5:17
  |
5 |   token: { env: *********************** }
  |                 ^^^^^^^^^^^^^^^^^^^^^^^
  = name the variable that holds the secret, e.g. \`{env: BOOTSTRAP_TOKEN}\`; letters, digits and \`_\`
`,
  },
  {
    name: 'a password in the proxy URL',
    config: `${sample}proxy: { https: 'http://me:${hidden}@proxy.example:3128' }\n`,
    secrets: [hidden],
    stderr: `error: a proxy’s name and password may not stand in this file
 --> flexgen.yaml:7:17
  |
7 | proxy: { https: ********************************************************* }
  |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = write \`{url: http://proxy.corp:3128, username: NAME, password: {env: PROXY_PASSWORD}}\`
`,
  },
  from(
    variable,
    'a variable that is not set',
    'the environment variable BOOTSTRAP_TOKEN is not set',
    ' set it for this command: BOOTSTRAP_TOKEN=… flexgen …',
  ),
  from(
    variable,
    'a variable that is empty',
    'the environment variable BOOTSTRAP_TOKEN is empty',
    ' put the secret there',
    { env: { BOOTSTRAP_TOKEN: '' } },
  ),
  from(
    '{ file: none }',
    'a file that is not there',
    "can't read the secret file none: there is no such file",
    ' paths are relative to the config file',
  ),
  from(
    '{ file: . }',
    'a folder for a file',
    "can't read the secret file .: it is a folder",
    ' name a file in it',
  ),
  from(file, 'an empty file', 'the secret file token is empty', ' put the secret there', {
    files: { token: '' },
  }),
  from(file, 'a file with a line break at its end', ...lineBreak, {
    files: { token: `${token}\n` },
    secrets: [token],
  }),
  from(file, 'a file with a DOS line break at its end', ...lineBreak, {
    files: { token: `${token}\r\n` },
    secrets: [token],
  }),
  from(
    file,
    'a file that is no text',
    "can't read the secret file token: it is not UTF-8 text",
    ' save it as UTF-8, or a certificate as PEM',
    { files: { token: Uint8Array.of(0xff, 0xfe, 0x66) } },
  ),
  from(
    file,
    'a token that is none',
    'the value of this secret is not a bootstrap token',
    '\n  = a bootstrap token is 6 characters, a dot and 16 characters of a-z0-9; `kubeadm token create` prints one',
    { files: { token: hidden }, secrets: [hidden] },
  ),
  from(
    '{ command: [no-such-program, read, token] }',
    'a command that is not there',
    'the command `no-such-program` gave no secret: there is no such program',
    ' run it by hand and see',
  ),
  from(
    `{ command: [sh, -c, 'cat token; cat token >&2; exit 7'] }`,
    'a command that fails, having printed something',
    'the command `sh` gave no secret: it ended with exit code 7',
    ' run it by hand and see',
    { secrets: [token] },
  ),
]);

const NOBODY = 65_534;

test('a file that may not be read', async (t) => {
  const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': sample });
  chmodSync(rig.folder, 0o755);
  chmodSync(`${rig.folder}/token`, 0o000);
  // Nothing is unreadable to root.
  const id = process.getuid?.() === 0 ? { id: NOBODY } : {};
  assert.deepEqual(await rig.flexgen(['cloud-init'], id), {
    exitCode: 3,
    stdout: '',
    stderr: `error: can't read the secret file token: it may not be read
 --> flexgen.yaml:5:10
  |
5 |   token: { file: token }
  |          ^^^^^^^^^^^^^^^ let your user read it
`,
  });
});
