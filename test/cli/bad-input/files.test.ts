import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig } from '../run.ts';
import { sample, sampleFiles } from '../sample.ts';
import { refuses } from './refuses.ts';

test('no config file', async (t) => {
  const rig = createRig(t);
  assert.deepEqual(await rig.flexgen(['cloud-init']), {
    exitCode: 3,
    stdout: '',
    stderr: `error: can't read flexgen.yaml: there is no such file
  \`--config FILE\` names another one; starters are in templates/config
`,
  });
  assert.deepEqual(await rig.flexgen(['cloud-init', '--config', 'no/such.yaml', '--out', 'new.yaml']), {
    exitCode: 3,
    stdout: '',
    stderr: `error: can't read no/such.yaml: there is no such file
  \`--config FILE\` names another one; starters are in templates/config
`,
  });
  assert.deepEqual(rig.files(), {});
});

const inlineCluster = `cluster:
  name: aks1
  server: https://aks1-example.hcp.westeurope.azmk8s.io:443
  ca: { file: ca.pem }
  kubernetesVersion: 1.36.4
  clusterDNS: 10.0.0.10`;
const withCaFile = sample.replace('cluster: { facts: facts.yaml }', inlineCluster);
const { 'ca.pem': certificate } = sampleFiles;

refuses('files that a config names', [
  {
    name: 'a facts file that is not there',
    config: sample.replace('facts.yaml', 'aks2.yaml'),
    stderr: `error: can't read aks2.yaml: there is no such file
 --> flexgen.yaml:2:19
  |
2 | cluster: { facts: aks2.yaml }
  |                   ^^^^^^^^^ paths are relative to the config file
`,
  },
  {
    name: 'a facts file with a mistake',
    config: sample,
    files: { 'facts.yaml': sampleFiles['facts.yaml'].replace('clusterDNS: [10.0.0.10]', 'clusterDns: 10') },
    stderr: `error: the file needs \`clusterDNS\`
 --> facts.yaml:1:1
  |
1 | # What a node must know of its cluster.
  | ^ add \`clusterDNS\`, e.g. \`clusterDNS: 10.0.0.10\`

error: unknown key \`clusterDns\`
 --> facts.yaml:5:1
  |
5 | clusterDns: 10
  | ^^^^^^^^^^ keys are case-sensitive: did you mean \`clusterDNS\`?
`,
  },
  {
    name: 'a CA that is not PEM',
    config: withCaFile,
    files: { 'ca.pem': 'aks1\n' },
    stderr: `error: this is not a certificate in PEM
 --> flexgen.yaml:5:7
  |
5 |   ca: { file: ca.pem }
  |       ^^^^^^^^^^^^^^^^ a CA is PEM text: -----BEGIN CERTIFICATE-----
`,
  },
  {
    name: 'a CA that was cut',
    config: withCaFile,
    files: { 'ca.pem': certificate.slice(0, 200) },
    stderr: `error: this is not a certificate in PEM
 --> flexgen.yaml:5:7
  |
5 |   ca: { file: ca.pem }
  |       ^^^^^^^^^^^^^^^^ a CA is PEM text: -----BEGIN CERTIFICATE-----
`,
  },
  {
    name: 'a private key for a CA',
    config: withCaFile,
    files: {
      'ca.pem': '-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----\n',
    },
    secrets: ['c2VjcmV0'],
    stderr: `error: this holds a private key
 --> flexgen.yaml:5:7
  |
5 |   ca: { file: ca.pem }
  |       ^^^^^^^^^^^^^^^^ a CA is PEM text: -----BEGIN CERTIFICATE-----
`,
  },
  {
    name: 'a mirror CA in DER',
    config: `${sample}artifacts: { mirror: 'https://mirror.example', ca: { file: corp.der } }\n`,
    files: { 'corp.der': Uint8Array.of(0x30, 0x82, 0x01, 0xff) },
    stderr: `error: can't read corp.der: it is not UTF-8 text
 --> flexgen.yaml:7:52
  |
7 | artifacts: { mirror: 'https://mirror.example', ca: { file: corp.der } }
  |                                                    ^^^^^^^^^^^^^^^^^^
  = save it as UTF-8, or a certificate as PEM
`,
  },
  {
    name: 'a lock file that is no JSON',
    config: `${sample}artifacts: { lock: flexgen.lock.json }\n`,
    files: { 'flexgen.lock.json': '{"lockVersion": 1,,}' },
    stderr: `error: expected a key in double quotes but found ","
 --> flexgen.lock.json:1:19
  |
1 | {"lockVersion": 1,,}
  |                   ^ a lock file is plain JSON; \`flexgen lock\` writes it
`,
  },
  {
    name: 'user-data that is nothing cloud-init knows',
    config: `${sample}userData: { merge: mine.sh }\n`,
    files: { 'mine.sh': 'true\n' },
    stderr: `error: this file does not begin with \`#cloud-config\`
 --> flexgen.yaml:7:20
  |
7 | userData: { merge: mine.sh }
  |                    ^^^^^^^ begin it so, or with \`#!\`, \`#cloud-boothook\` …
`,
  },
  {
    name: 'user-data that is no YAML',
    config: `${sample}userData: { merge: mine.yaml }\n`,
    files: { 'mine.yaml': '#cloud-config\nruncmd: [\n' },
    stderr: `error: this file is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]
 --> mine.yaml:3:1
  |
3 |
  | ^ cloud-init reads YAML 1.1
`,
  },
  {
    name: 'user-data that writes a file of ours',
    config: `${sample}userData: { merge: mine.yaml }\n`,
    files: {
      'mine.yaml': '#cloud-config\nwrite_files:\n  - { path: /etc/flexgen/node.env, content: a }\n',
    },
    stderr: `error: this file writes /etc/flexgen/node.env, and so does flexgen
 --> flexgen.yaml:7:20
  |
7 | userData: { merge: mine.yaml }
  |                    ^^^^^^^^^ leave that file out
`,
  },
  {
    name: 'user-data with one command where a list belongs',
    config: `${sample}userData: { merge: mine.yaml }\n`,
    files: { 'mine.yaml': '#cloud-config\nruncmd: reboot\n' },
    stderr: `error: \`runcmd\` is not a list in this file
 --> flexgen.yaml:7:20
  |
7 | userData: { merge: mine.yaml }
  |                    ^^^^^^^^^ write it as a list
`,
  },
]);
