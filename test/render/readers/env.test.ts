import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { execute } from '../../cli/run.ts';
import { lacks } from '../../encode/reader.ts';
import { readEnvironmentFile } from '../../encode/systemd.ts';
import { emitted, layOut } from './emitted.ts';

const server = 'https://aks1-example.hcp.westeurope.azmk8s.io:443';
const packages = 'ca-certificates curl jq iptables kmod iproute2 mount';

/** What `flexgen-node reset` removes that cloud-init has written. */
const written = (hosts: string, ...later: readonly string[]): string =>
  [
    '/etc/systemd/system/flexgen.service',
    '/etc/modules-load.d/flexgen.conf',
    '/etc/sysctl.d/99-flexgen.conf',
    '/etc/systemd/system/containerd.service',
    '/etc/containerd/config.toml',
    `/etc/containerd/certs.d/${hosts}/hosts.toml`,
    '/etc/systemd/system/kubelet.service',
    ...later,
  ].join(' ');

const principal = {
  CLIENT_ID: '11111111-2222-4333-8444-555555555555',
  TENANT: '99999999-8888-4777-8666-555555555555',
};

/** Of configs that between them have every variable. */
const expected: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  'behind-a-proxy': {
    '/etc/flexgen/node.env': {
      NODE_NAME: 'press-4',
      CLUSTER: 'aks1',
      SERVER: server,
      NODE_IP: 'to 10.8.0.0/16',
      POD_CIDR: '10.245.4.0/24',
      MAX_PODS: '110',
    },
    '/etc/flexgen/image.env': {
      OS: 'ubuntu-24.04',
      ARCH: 'arm64',
      PACKAGES: packages,
      FROM: 'https://mirror.corp.example/k8s/',
      FILES: written('_default'),
      MIRROR_CA: '/etc/flexgen/mirror-ca.pem',
    },
    '/etc/flexgen/proxy.env': {
      http_proxy: 'http://proxy.corp.example:3128',
      https_proxy: 'http://proxy.corp.example:3128',
      no_proxy:
        'localhost,127.0.0.0/8,169.254.169.254,10.0.0.0/16,10.244.0.0/16,.svc,.cluster.local,.corp.example',
    },
  },
  'always': {
    '/etc/flexgen/node.env': {
      NODE_NAME: '',
      CLUSTER: 'aks1',
      SERVER: server,
      NODE_IP: 'dev eth1',
      MAX_PODS: '110',
    },
    '/etc/flexgen/image.env': {
      OS: 'ubuntu-24.04',
      ARCH: 'auto',
      PACKAGES: packages,
      FROM: 'https://',
      FILES: written('registry.example:5000', '/etc/systemd/system/node-problem-detector.service'),
      MIRROR_CA: '/etc/flexgen/mirror-ca.pem',
    },
    '/etc/flexgen/proxy.env': {
      http_proxy: 'http://[fd00::1]:3128',
      https_proxy: '',
      no_proxy:
        'localhost,127.0.0.0/8,169.254.169.254,10.0.0.0/16,10.244.0.0/16,.svc,.cluster.local,.example',
    },
    '/var/lib/kubelet/token.env': {
      ...principal,
      CLIENT_SECRET: `"$(id)' \`x\` #: {{y}} \\`,
    },
    '/etc/flexgen/entra.env': {
      AUTHORITY: 'https://login.microsoftonline.com',
      AUTHORITY_CA: '/etc/flexgen/authority-ca.pem',
    },
  },
  'certificate': {
    '/var/lib/kubelet/token.env': {
      ...principal,
      HEADER:
        'eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCIsIng1dCNTMjU2IjoiQUtJMXFnZnJEclFoazJ6WEVnUEtEamVpV1BlSXMyZEpyMGJuUnJBODV0VSJ9',
    },
  },
  'federated': {
    '/var/lib/kubelet/token.env': {
      ...principal,
      TOKEN_FILE: '/run/a$token',
    },
  },
  'managed-identity': {
    '/var/lib/kubelet/token.env': {
      CLIENT_ID: '66666666-7777-4888-8999-aaaaaaaaaaaa',
    },
  },
  'arcByItself': {
    '/etc/flexgen/arc.env': {
      AGENT_CONNECT: '',
      AGENT_REPO: 'https://mirror.example/all/packages.microsoft.com/ubuntu/24.04/prod noble main',
      AGENT_KEY_URL: 'https://mirror.example/all/packages.microsoft.com/keys/microsoft.asc',
      AGENT_KEY: 'BC528686B50D79E339D3721CEB3E94ADBE1229CF',
    },
  },
  'arcFromLock': {
    '/etc/flexgen/arc.env': { AGENT_CONNECT: 'existing', AGENT_VERSION: '1.60.03293.809' },
  },
};

suite('environment files as they are emitted', async () => {
  const all = await emitted();
  for (const [config, files] of Object.entries(expected)) {
    for (const [path, variables] of Object.entries(files)) {
      const file = (all.get(config) ?? []).find((candidate) => candidate.path === path);

      test(`${config}: ${path} by bash`, async (t) => {
        assert.ok(file);
        const folder = layOut(t, [file]);
        // Nothing but what the file sets, each ended by a NUL.
        const script = 'set -aeu; . "$1"; set +a; shift; for _; do printf "%s\\0" "${!_}"; done; env -0 >&2';
        const names = Object.keys(variables);
        const args = ['--norc', '-c', script, 'bash', folder + path, ...names];
        const { exitCode, stdout, stderr } = await execute('bash', args, {});
        assert.equal(exitCode, 0, stderr);
        assert.deepEqual(stdout.split('\0').slice(0, -1), Object.values(variables));
        const others = stderr.split('\0').map((line) => line.split('=')[0] ?? '');
        assert.deepEqual(
          others.filter((name) => !/^(?:PATH|PWD|SHLVL|_|)$/.test(name)).toSorted(),
          names.toSorted(),
        );
      });

      test(`${config}: ${path} by systemd`, (t) => {
        assert.ok(file);
        const read = readEnvironmentFile(file.content);
        if (read === undefined) return lacks(t, 'libsystemd-shared');
        assert.deepEqual(read, variables);
      });
    }
  }
});
