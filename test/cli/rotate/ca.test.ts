import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { caSnippet } from '../../../src/cli/rotate/ca.ts';
import { execute, temporary } from '../run.ts';

// The order of things, and what is put back; a real kubelet and a real API server play it in test/rig/scenarios/rotate.ts.

const facts = {
  name: 'rig',
  server: 'https://api.test',
  kubernetesVersion: '1.36.4',
  clusterDNS: [],
  clusterDomain: 'cluster.local',
  podCIDRs: [],
  serviceCIDRs: [],
  tenantId: null,
  aks: null,
} as const;

/** A folder that stands for a node's root, with a CA that the node knows and one that it does not. */
function node(t: TestContext) {
  const folder = temporary(t);
  const at = (...path: string[]): string => join(folder, ...path);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  const certificate = (name: string, isCa: boolean, ...more: string[]): void =>
    openssl(
      ...`req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj /CN=${name}`.split(' '),
      '-addext',
      `basicConstraints=critical,CA:${isCa ? 'TRUE' : 'FALSE'}`,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.crt`),
      ...more,
    );
  for (const ca of ['old', 'new']) {
    certificate(ca, true);
    certificate(`of-${ca}`, false, '-CA', at(`${ca}.crt`), '-CAkey', at(`${ca}.key`));
    writeFileSync(
      at(`of-${ca}.pem`),
      readFileSync(at(`of-${ca}.crt`), 'utf8') + readFileSync(at(`of-${ca}.key`), 'utf8'),
    );
  }
  const kubelet = at('root/var/lib/kubelet');
  const ca = at('root/etc/kubernetes/pki/ca.crt');
  for (const path of ['bin', 'root/var/lib/kubelet/pki', 'root/etc/kubernetes/pki', 'root/etc/flexgen'])
    mkdirSync(at(path), { recursive: true });
  copyFileSync(at('old.crt'), ca);
  copyFileSync(at('of-old.pem'), join(kubelet, 'pki/kubelet-client-first.pem'));
  symlinkSync(join(kubelet, 'pki/kubelet-client-first.pem'), join(kubelet, 'pki/kubelet-client-current.pem'));
  writeFileSync(join(kubelet, 'kubelet.env'), 'KUBELET_ARGS=x\n');
  writeFileSync(join(kubelet, 'kubeconfig'), 'first\n');
  writeFileSync(at('root/etc/flexgen/node.env'), 'SERVER=https://api.test\nNODE_NAME=edge\nCLUSTER=rig\n');
  copyFileSync(join(import.meta.dirname, 'stand-ins.sh'), at('stand-ins'));
  for (const name of ['curl', 'systemctl']) symlinkSync(at('stand-ins'), at('bin', name));
  const cluster = (shows: string, signs: string, ready = 'True'): void => {
    copyFileSync(at(`of-${shows}.crt`), at('server.crt'));
    copyFileSync(at(`of-${signs}.pem`), at('signed.pem'));
    writeFileSync(at('ready'), ready);
  };
  cluster('old', 'old');
  return {
    cluster,
    /** Runs the snippet, with the folder in place of the root, and a wait that is short. */
    async run(only: boolean) {
      writeFileSync(at('calls'), '');
      const snippet = caSnippet({ ...facts, ca: readFileSync(at('new.crt'), 'utf8') }, only)
        .replaceAll(/\/(var\/lib\/kubelet|etc\/kubernetes|etc\/flexgen)/g, `${at('root')}/$1`)
        .replaceAll('/run/flexgen/rotate', at('work'))
        .replaceAll('SECONDS + 120', 'SECONDS');
      const env = { PATH: `${at('bin')}:${process.env['PATH'] ?? ''}` };
      const { exitCode, stdout, stderr } = await execute('bash', ['-s'], { stdin: snippet, env });
      const said = `${stdout}${stderr}`.replaceAll(/^flexgen: /gm, '').trim();
      return {
        exitCode,
        said,
        calls: readFileSync(at('calls'), 'utf8')
          .split('\n')
          .filter((call) => call !== ''),
      };
    },
    look: () => ({
      trusts: ['old', 'new'].filter((name) =>
        readFileSync(ca, 'utf8').includes(readFileSync(at(`${name}.crt`), 'utf8')),
      ),
      certificate: readlinkSync(join(kubelet, 'pki/kubelet-client-current.pem')).split('-').at(-1),
      kubeconfig: readFileSync(join(kubelet, 'kubeconfig'), 'utf8').trim(),
      left: readdirSync(folder).includes('work') || readdirSync(kubelet).includes('bootstrap-kubeconfig'),
    }),
  };
}

// The snippet wants root, and these folders are not the system's.
const asRoot = { skip: process.getuid?.() !== 0 };

const restarts = ['restart kubelet', 'try-restart node-problem-detector'];
const first = { certificate: 'first.pem', kubeconfig: 'first', left: false };

test(
  'beside, then only: the node trusts both, then has a certificate of the new one and trusts that alone',
  asRoot,
  async (t) => {
    const { cluster, run, look } = node(t);
    assert.deepEqual(await run(false), {
      exitCode: 0,
      said: 'edge is Ready and trusts it, and 1 before it',
      calls: restarts,
    });
    assert.deepEqual(look(), { trusts: ['old', 'new'], ...first });
    assert.deepEqual(await run(false), { exitCode: 0, said: 'edge trusts it already', calls: [] });
    cluster('new', 'new');
    const only = { exitCode: 0, said: 'edge is Ready and trusts it; it has a certificate of the new CA' };
    assert.deepEqual(await run(true), { ...only, calls: ['restart kubelet', ...restarts] });
    const last = { trusts: ['new'], certificate: 'next.pem', kubeconfig: 'next', left: false };
    assert.deepEqual(look(), last);
    assert.deepEqual(await run(true), { exitCode: 0, said: 'edge trusts it already', calls: [] });
    assert.deepEqual(look(), last);
  },
);

test('a cluster that has it not yet is a reason to change nothing', asRoot, async (t) => {
  const { run, look } = node(t);
  const said = "FAILED: https://api.test can't be trusted with it — has the cluster this CA yet?";
  assert.deepEqual(await run(true), { exitCode: 1, said, calls: [] });
  assert.deepEqual(look(), { trusts: ['old'], ...first });
});

test('a node that is not Ready with it gets back what it had', asRoot, async (t) => {
  const { cluster, run, look } = node(t);
  cluster('old', 'old', 'False');
  const said = 'FAILED: kubelet is not Ready with it:  — see journalctl -u kubelet\nall is as it was';
  assert.deepEqual(await run(false), { exitCode: 1, said, calls: ['restart kubelet', 'restart kubelet'] });
  assert.deepEqual(look(), { trusts: ['old'], ...first });
});

test('as long as the cluster signs with the old one, the node keeps its certificate', asRoot, async (t) => {
  const { cluster, run, look } = node(t);
  cluster('new', 'old');
  const said =
    'FAILED: the cluster still signs with the old CA — wait until it has only the new one\nall is as it was';
  assert.deepEqual(await run(true), { exitCode: 1, said, calls: ['restart kubelet', 'restart kubelet'] });
  assert.deepEqual(look(), { trusts: ['old'], ...first });
});
