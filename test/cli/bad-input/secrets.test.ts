import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { test } from 'node:test';
import { createRig } from '../run.ts';
import { principal, sample, sampleFiles, withToken } from '../sample.ts';
import { refuses } from './refuses.ts';

const token = sampleFiles.token;
const hidden = 'Hunter2~of.a-client+secret';

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
  {
    name: 'a variable that is not set',
    config: withToken('{ env: BOOTSTRAP_TOKEN }'),
    stderr: `error: the environment variable BOOTSTRAP_TOKEN is not set
 --> flexgen.yaml:5:10
  |
5 |   token: { env: BOOTSTRAP_TOKEN }
  |          ^^^^^^^^^^^^^^^^^^^^^^^^ set it for this command: BOOTSTRAP_TOKEN=… flexgen …
`,
  },
  {
    name: 'a variable that is empty',
    config: withToken('{ env: BOOTSTRAP_TOKEN }'),
    env: { BOOTSTRAP_TOKEN: '' },
    stderr: `error: the environment variable BOOTSTRAP_TOKEN is empty
 --> flexgen.yaml:5:10
  |
5 |   token: { env: BOOTSTRAP_TOKEN }
  |          ^^^^^^^^^^^^^^^^^^^^^^^^ put the secret there
`,
  },
  {
    name: 'a file that is not there',
    config: withToken('{ file: none }'),
    stderr: `error: can't read the secret file none: there is no such file
 --> flexgen.yaml:5:10
  |
5 |   token: { file: none }
  |          ^^^^^^^^^^^^^^ paths are relative to the config file
`,
  },
  {
    name: 'a folder for a file',
    config: withToken('{ file: . }'),
    stderr: `error: can't read the secret file .: it is a folder
 --> flexgen.yaml:5:10
  |
5 |   token: { file: . }
  |          ^^^^^^^^^^^ name a file in it
`,
  },
  {
    name: 'an empty file',
    config: sample,
    files: { token: '' },
    stderr: `error: the secret file token is empty
 --> flexgen.yaml:5:10
  |
5 |   token: { file: token }
  |          ^^^^^^^^^^^^^^^ put the secret there
`,
  },
  {
    name: 'a file with a line break at its end',
    config: sample,
    files: { token: `${token}\n` },
    secrets: [token],
    stderr: `error: the secret file token ends with a line break
 --> flexgen.yaml:5:10
  |
5 |   token: { file: token }
  |          ^^^^^^^^^^^^^^^ an editor or \`echo\` adds one: write it with \`printf %s\`
`,
  },
  {
    name: 'a file with a DOS line break at its end',
    config: sample,
    files: { token: `${token}\r\n` },
    secrets: [token],
    stderr: `error: the secret file token ends with a line break
 --> flexgen.yaml:5:10
  |
5 |   token: { file: token }
  |          ^^^^^^^^^^^^^^^ an editor or \`echo\` adds one: write it with \`printf %s\`
`,
  },
  {
    name: 'a file that is no text',
    config: sample,
    files: { token: Uint8Array.of(0xff, 0xfe, 0x66) },
    stderr: `error: can't read the secret file token: it is not UTF-8 text
 --> flexgen.yaml:5:10
  |
5 |   token: { file: token }
  |          ^^^^^^^^^^^^^^^ save it as UTF-8, or a certificate as PEM
`,
  },
  {
    name: 'a token that is none',
    config: sample,
    files: { token: hidden },
    secrets: [hidden],
    stderr: `error: the value of this secret is not a bootstrap token
 --> flexgen.yaml:5:10
  |
5 |   token: { file: token }
  |          ^^^^^^^^^^^^^^^
  = a bootstrap token is 6 characters, a dot and 16 characters of a-z0-9; \`kubeadm token create\` prints one
`,
  },
  {
    name: 'a command that is not there',
    config: withToken('{ command: [no-such-program, read, token] }'),
    stderr: `error: the command \`no-such-program\` gave no secret: there is no such program
 --> flexgen.yaml:5:10
  |
5 |   token: { command: [no-such-program, read, token] }
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ run it by hand and see
`,
  },
  {
    name: 'a command that fails, having printed something',
    config: withToken(`{ command: [sh, -c, 'cat token; cat token >&2; exit 7'] }`),
    secrets: [token],
    stderr: `error: the command \`sh\` gave no secret: it ended with exit code 7
 --> flexgen.yaml:5:10
  |
5 |   token: { command: [sh, -c, 'cat token; cat token >&2; exit 7'] }
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ run it by hand and see
`,
  },
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
