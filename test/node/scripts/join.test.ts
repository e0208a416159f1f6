import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const api = 'https://aks1.example:443';
const token = 'f4k3f4.k3f4k3f4k3f4k3f4';
const certificate = '/var/lib/kubelet/pki/kubelet-client-current.pem';

/** A machine whose curl notes its arguments, and what its header file says, and answers so. */
function machineOf(t: TestContext, answer: string): Machine {
  const machine = createMachine(t);
  machine.write('/etc/flexgen/node.env', `NODE_NAME=edge-01\nCLUSTER=aks1\nSERVER=${api}\n`);
  machine.write('/answer', answer);
  machine.fake(
    'curl',
    'printf "%s\\n" "$@" >argv; for word; do [[ $word != @/* ]] || cat "${word#@}" >header; done; cat answer',
  );
  return machine;
}

suite('the API server', { concurrency: 2 }, () => {
  test('is asked with the token through a pipe, never as an argument', async (t) => {
    const machine = machineOf(t, '{"kind":"List"}\n200');
    const { exitCode, stdout } = await machine.bash(`join\ntoken=${token}\nmay_join\necho "$http $answer"`);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 0, stdout: '200 {"kind":"List"}\n' });
    const argv = machine.read('/argv');
    assert.equal(argv.includes(token), false);
    assert.match(
      argv,
      new RegExp(`\n${api}/apis/certificates\\.k8s\\.io/v1/certificatesigningrequests\\?limit=1\n$`),
    );
    assert.match(argv, /\n--cacert\n\S+\/etc\/kubernetes\/pki\/ca\.crt\n/);
    assert.equal(machine.read('/header'), `Authorization: Bearer ${token}\n`);
  });

  for (const [answer, seen] of [
    ['{"reason":"Unauthorized"}\n401', '1 401 {"reason":"Unauthorized"}'],
    ['curl: (7) Failed to connect\n\n000', '1 000 curl: (7) Failed to connect\n'],
    ['two\nlines\n503', '1 503 two\nlines'],
  ] as const) {
    test(`an answer of ${answer.slice(-3)} is no yes`, async (t) => {
      const machine = machineOf(t, answer);
      const { stdout } = await machine.bash('join\nyes=0\napi /x || yes=$?\necho "$yes $http $answer"');
      assert.equal(stdout, `${seen}\n`);
    });
  }

  test('a bootstrap token is read from its file, and forgotten with the kubeconfig', async (t) => {
    const machine = machineOf(t, '{}\n200');
    machine.write('/var/lib/kubelet/token', token, 0o600);
    machine.write('/var/lib/kubelet/bootstrap-kubeconfig', '{}', 0o600);
    assert.equal((await machine.bash('join\nmodes/bootstrap-token\nidentify\nforget')).exitCode, 0);
    assert.equal(machine.read('/header'), `Authorization: Bearer ${token}\n`);
    assert.deepEqual(machine.names('/var/lib/kubelet'), []);
  });

  test('a principal without a token says why', async (t) => {
    const machine = machineOf(t, '{}\n200');
    machine.write(
      '/var/lib/kubelet/token.sh',
      '#!/bin/bash\necho "AADSTS7000215: Invalid \\"secret\\"" >&2\nexit 5\n',
      0o700,
    );
    const outcome = await machine.bash('join\nmodes/entra\nstep identity 40\nidentify || echo never');
    assert.equal(outcome.exitCode, 41);
    assert.equal(
      outcome.stdout,
      'flexgen: FAILED at identity (41): no token: AADSTS7000215: Invalid  secret  — mend the identity and render again\n',
    );
  });

  test('a node is ready when the cluster says so', async (t) => {
    const conditions = (status: string) => [
      { type: 'MemoryPressure', status: 'False', message: 'enough' },
      { type: 'Ready', status, message: 'kubelet is posting' },
    ];
    for (const [status, expected] of [
      ['True', '0 True kubelet is posting\n'],
      ['False', '1 False kubelet is posting\n'],
    ] as const) {
      const machine = machineOf(t, `${JSON.stringify({ status: { conditions: conditions(status) } })}\n200`);
      machine.write(certificate, 'a certificate');
      assert.equal((await machine.bash('join\nis=0\nready || is=$?\necho "$is $said"')).stdout, expected);
      assert.match(machine.read('/argv'), new RegExp(`\n--cert\n\\S+\n${api}/api/v1/nodes/edge-01\n$`));
    }
  });

  test('without a certificate a node is not even asked for', async (t) => {
    const machine = machineOf(t, '{}\n200');
    assert.equal((await machine.bash('join\nis=0\nregistered || is=$?\necho "$is"')).stdout, '1\n');
    assert.equal(machine.names('/').includes('argv'), false);
  });

  test('the cluster’s range for the node becomes its network', async (t) => {
    const machine = machineOf(t, '{"spec":{"podCIDRs":["10.244.3.0/24","fd00:3::/64"]}}\n200');
    machine.write(certificate, 'a certificate');
    machine.write('/etc/flexgen/pods.conflist', '{"ranges":["@0","@1"]}');
    assert.equal((await machine.bash('join\nmodes/conflist\nmodes/node-cidr\nnetwork')).exitCode, 0);
    assert.equal(
      machine.read('/etc/cni/net.d/99-flexgen.conflist').trim(),
      '{"ranges":["10.244.3.0/24","fd00:3::/64"]}',
    );
  });

  test('a node without a range, as long as nothing gives it one, has no network', async (t) => {
    const machine = machineOf(t, '{"spec":{}}\n200');
    machine.write(certificate, 'a certificate');
    machine.write('/etc/flexgen/pods.conflist', '{"ranges":["@0"]}');
    // Each pause is as long as twenty seconds.
    machine.write('/pauses', '');
    machine.fake('sleep', 'echo >>pauses');
    const clock = 'up() { echo $(($(wc -l <pauses) * 2000)); }';
    const outcome = await machine.bash(
      `join\n${clock}\nmodes/conflist\nmodes/node-cidr\nstep registered 60\nnetwork 2>/dev/null`,
    );
    assert.deepEqual([outcome.exitCode, machine.read('/pauses')], [62, '\n\n\n']);
    assert.match(outcome.stdout, /^flexgen: FAILED at registered \(62\): aks1 gives this node no podCIDR — /);
    assert.equal((await machine.bash('ls etc/cni 2>/dev/null || echo none')).stdout, 'none\n');
  });

  test('the range that the config gives becomes the network', async (t) => {
    const machine = machineOf(t, '');
    machine.write('/etc/flexgen/pods.conflist', '{"ranges":["@0"]}');
    const { exitCode } = await machine.bash('POD_CIDR=fd00:7::/64\njoin\nmodes/conflist\nmodes/bridge\npods');
    assert.equal(exitCode, 0);
    assert.equal(machine.read('/etc/cni/net.d/99-flexgen.conflist'), '{"ranges":["fd00:7::/64"]}');
  });
});

test('cloud-init has ended when it is done, has failed, or has never been there', async (t) => {
  const machine = machineOf(t, '');
  const ended = async (state: string): Promise<string> => {
    machine.fake('systemctl', `[[ $* == 'is-active cloud-final' ]] && echo ${state}; exit 3`);
    return (await machine.bash('join\ncloud_init_ended && echo yes || echo no')).stdout;
  };
  assert.equal(await ended('inactive'), 'yes\n');
  machine.write('/run/cloud-init/status.json', '{}');
  for (const state of ['inactive', 'activating']) assert.equal(await ended(state), 'no\n', state);
  for (const state of ['active', 'failed']) assert.equal(await ended(state), 'yes\n', state);
});
