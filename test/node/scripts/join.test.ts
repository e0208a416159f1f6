import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { root } from '../../cli/run.ts';
import { pythonWith, read } from '../../encode/reader.ts';
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

/** What `ip` of iproute2 prints of a machine with two interfaces; a filter that nothing fits prints nothing. */
const ip = String.raw`
case "$*" in
*'route show default'*) [[ $* == *-6* ]] && echo '[]' || echo '[{"dst":"default","dev":"eth0"}]' ;;
*'dev nope'*) echo 'Device "nope" does not exist.' >&2 && exit 1 ;;
*'dev eth0 to 0.0.0.0/0'* | *'to 10.0.2.0/24'*) printf '2: eth0    inet 10.0.2.15/24 scope global eth0\n' ;;
*'to 10.8.0.0/16'* | *'dev eth1 to 0.0.0.0/0'*) printf '3: eth1    inet 10.8.0.21/24 scope global eth1\n3: eth1    inet 10.8.0.22/24 scope global eth1\n' ;;
*'dev eth1 to ::/0'*primary | *'to fd00:8::/64'*primary) printf '3: eth1    inet6 fd00:8::21/64 scope global \n' ;;
*'dev wg0'*) [[ ! -e up ]] || printf '4: wg0    inet 10.9.0.2/32 scope global wg0\n' ;;
esac
`;

suite('the addresses of the node', { concurrency: 2 }, () => {
  const pick = async (t: TestContext, mode: string, filters: string) => {
    const machine = createMachine(t);
    machine.fake('ip', ip);
    const script = `NODE_IP='${filters}'\njoin\nmodes/${mode}\nstep kubelet 50\nip=''\naddress\necho "<$ip>"`;
    const { exitCode, stdout } = await machine.bash(script);
    return { exitCode, stdout };
  };
  const refused = (filters: string) => ({
    exitCode: 51,
    stdout: `flexgen: FAILED at kubelet (51): no address of this machine fits node.ip: ${filters} — run \`flexgen-node logs\`\n`,
  });

  test('one', async (t) => {
    assert.deepEqual(await pick(t, 'node-ip', 'to 10.8.0.0/16'), { exitCode: 0, stdout: '<10.8.0.21>\n' });
    for (const filters of ['to 10.99.0.0/16', 'dev nope']) {
      assert.deepEqual(await pick(t, 'node-ip', filters), refused(filters));
    }
  });

  for (const [filters, addresses] of [
    ['to fd00:8::/64,to 10.8.0.0/16', 'fd00:8::21,10.8.0.21'],
    ['dev eth1 to 0.0.0.0/0,dev eth1 to ::/0', '10.8.0.21,fd00:8::21'],
    // No route of IPv6.
    ['dev @ to 0.0.0.0/0,dev @ to ::/0', '10.0.2.15'],
    ['to 10.8.0.0/16', '10.8.0.21'],
  ] as const) {
    test(`in a dual-stack cluster: ${filters}`, async (t) => {
      assert.deepEqual(await pick(t, 'dual-stack', filters), { exitCode: 0, stdout: `<${addresses}>\n` });
    });
  }

  test('in a dual-stack cluster: none', async (t) => {
    const networks = 'to 10.8.0.0/16,to fd00:9::/64';
    assert.deepEqual(await pick(t, 'dual-stack', networks), refused('to fd00:9::/64'));
    const devices = 'dev nope to 0.0.0.0/0,dev nope to ::/0';
    assert.deepEqual(await pick(t, 'dual-stack', devices), refused(devices));
  });

  test('an interface that comes up in time, and one that does not', async (t) => {
    const machine = createMachine(t);
    machine.fake('ip', ip);
    machine.fake('sleep', 'touch up');
    const script = 'WAIT_FOR=wg0 WAIT_SECONDS=300\njoin\nmodes/wait-for\necho "$step"';
    const came = await machine.bash(script);
    assert.deepEqual([came.exitCode, came.stdout], [0, 'network\n']);
    const never = await machine.bash(script.replace('wg0', 'wg1').replace('300', '0'));
    assert.equal(never.exitCode, 6);
    assert.equal(
      never.stdout,
      'flexgen: FAILED at network (6): wg1 is not up with an address after 0 s — look at `ip addr show wg1`\n',
    );
  });

  test('names stand in the hosts file and in its template, once', async (t) => {
    const machine = createMachine(t);
    const template = '/etc/cloud/templates/hosts.debian.tmpl';
    machine.write('/etc/flexgen/hosts', '10.8.0.4 aks1.corp\nfd00::4 aks1.corp\n');
    machine.write('/etc/hosts', '127.0.0.1 localhost\n10.8.0.4 aks1.corp');
    machine.write(template, '127.0.0.1 localhost\n');
    for (let boot = 0; boot < 2; boot += 1) {
      assert.equal((await machine.bash('join\nmodes/hosts')).exitCode, 0);
      const lines = '127.0.0.1 localhost\n10.8.0.4 aks1.corp\nfd00::4 aks1.corp\n';
      assert.equal(machine.read('/etc/hosts'), lines);
      assert.equal(machine.read(template), lines);
    }
    const bare = createMachine(t);
    bare.write('/etc/flexgen/hosts', '10.8.0.4 aks1.corp\n');
    bare.write('/etc/hosts', '');
    assert.equal((await bare.bash('join\nmodes/hosts')).exitCode, 0);
    assert.equal(bare.read('/etc/hosts'), '10.8.0.4 aks1.corp\n');
  });
});

// What the datasource of cloud-init keeps of user-data, and what it needs at the next boot.
const pickled = `
import pickle, types
source = types.SimpleNamespace(userdata_raw='hunter2', userdata=b'hunter2', _crawled_metadata={'a': 'hunter2'}, metadata={'instance-id': 'i-1'})
pickle.dump(source, open('obj.pkl', 'wb'))
`;
const unpickled = `
import json, pickle
print(json.dumps(vars(pickle.load(open('obj.pkl', 'rb')))))
`;

suite(
  'flexgen-node forget',
  { concurrency: 2, skip: pythonWith('pickle') === undefined && 'needs Python' },
  () => {
    const instance = '/var/lib/cloud/instance';

    function machineWithCopies(t: TestContext): Machine {
      const machine = createMachine(t);
      for (const path of [
        `${instance}/user-data.txt`,
        `${instance}/user-data.txt.i`,
        `${instance}/cloud-config.txt`,
        `${instance}/scripts/runcmd`,
        '/var/lib/cloud/seed/nocloud/user-data',
        '/run/cloud-init/instance-data-sensitive.json',
        '/run/cloud-init/combined-cloud-config.json',
      ]) {
        machine.write(path, 'hunter2');
      }
      machine.write(`${instance}/boot-finished`, 'done');
      machine.write('/run/cloud-init/result.json', '{}');
      return machine;
    }

    test('no copy of cloud-init’s keeps user-data, and it needs none at the next boot', async (t) => {
      const machine = machineWithCopies(t);
      assert.equal(
        (await machine.bash(`cd .${instance}; python3 -c "$script"`, { script: pickled })).exitCode,
        0,
      );
      const { exitCode, stderr } = await machine.bash('usr/local/bin/flexgen-node forget');
      assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
      assert.equal((await machine.bash('grep -rl hunter2 . || echo none')).stdout, 'none\n');
      assert.equal(
        (await machine.bash(`cd .${instance}; python3 -c "$script"`, { script: unpickled })).stdout,
        '{"userdata_raw": "", "userdata": null, "_crawled_metadata": null, "metadata": {"instance-id": "i-1"}}\n',
      );
      assert.deepEqual(machine.names(instance), ['boot-finished', 'manual-clean', 'obj.pkl', 'scripts']);
      assert.deepEqual(machine.names('/run/cloud-init'), ['result.json']);
    });

    test('what can’t be had again without the token is on the disk before the token goes', () => {
      const text = readFileSync(join(root, 'templates/node/usr/local/lib/flexgen/join'), 'utf8');
      assert.match(text, /^sync\nforget\nflexgen-node forget$/m);
    });

    test('a cache that Python can’t read goes as a whole', async (t) => {
      const machine = machineWithCopies(t);
      machine.write(`${instance}/obj.pkl`, 'hunter2');
      assert.equal((await machine.bash('usr/local/bin/flexgen-node forget')).exitCode, 0);
      assert.equal(machine.names(instance).includes('obj.pkl'), false);
    });

    test('a machine that was made without cloud-init', async (t) => {
      const machine = createMachine(t);
      assert.equal((await machine.bash('usr/local/bin/flexgen-node forget 2>/dev/null')).exitCode, 0);
    });
  },
);

suite('flexgen-node', { concurrency: 2, skip: read('jq', ['--version']) === undefined && 'needs jq' }, () => {
  const status =
    '{"state":"failed","step":"host","reason":"a b","remedy":"c","code":11,"seconds":{"host":2}}\n';
  const run = async (t: TestContext, args: string) => {
    const machine = createMachine(t);
    machine.write('/var/lib/flexgen/status.json', status);
    machine.fake('journalctl', 'printf "%s|" "$@"');
    return await machine.bash(`usr/local/bin/flexgen-node ${args}`);
  };

  test('status', async (t) => {
    const stdout = 'state: failed\nstep: host\nreason: a b\nremedy: c\ncode: 11\nseconds: {"host":2}\n';
    assert.deepEqual(await run(t, 'status'), { exitCode: 0, stdout, stderr: '' });
    assert.deepEqual(await run(t, 'status --json'), { exitCode: 0, stdout: status, stderr: '' });
  });

  test('logs', async (t) => {
    const { exitCode, stdout } = await run(t, 'logs -f');
    assert.deepEqual(
      { exitCode, stdout },
      { exitCode: 0, stdout: '--no-pager|-u|flexgen|-u|containerd|-u|kubelet|-f|' },
    );
  });

  test('anything else', async (t) => {
    for (const args of ['', 'reset --all', 'status --yaml']) {
      const { exitCode, stdout, stderr } = await run(t, args);
      assert.deepEqual({ exitCode, stdout }, { exitCode: 2, stdout: '' });
      assert.equal(stderr, 'usage: flexgen-node status [--json]|logs|reset [--yes]\n');
    }
  });
});
