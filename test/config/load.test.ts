import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSpec } from '../../src/config/index.ts';
import { definitions } from './definitions.ts';
import { base, problemsOf } from './support.ts';

function load(text: string) {
  const loaded = loadSpec(text, 'edge.yaml', definitions);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.value;
}

const noAzure = {
  cloud: 'public',
  tenantId: null,
  signIn: { kind: 'default' },
  endpoints: { resourceManager: null, audience: null, authority: null, ca: null },
};

test('everything but cluster and auth has a default', () => {
  assert.deepEqual(load(base).spec, {
    cluster: { kind: 'facts-file', facts: { file: './aks1.facts.yaml', at: 'cluster.facts' } },
    auth: {
      mode: 'bootstrap-token',
      credentialUse: 'bootstrap',
      token: { at: 'auth.token', kind: 'env', name: 'TOKEN' },
    },
    node: {
      name: null,
      os: 'ubuntu-24.04',
      arch: 'amd64',
      ip: { from: 'default-route' },
      hosts: {},
      waitFor: null,
      labels: {},
      taints: [],
      maxPods: 110,
      kubelet: {},
    },
    network: { mode: 'external' },
    runtime: {
      pauseImage: 'mcr.microsoft.com/oss/v2/kubernetes/pause:3.10.2',
      registryMirrors: {},
      registries: {},
      nvidia: false,
    },
    versions: {
      kubernetes: null,
      containerd: null,
      runc: null,
      cniPlugins: null,
      crictl: null,
      nodeProblemDetector: null,
    },
    components: { nodeProblemDetector: false, kubeProxy: false },
    artifacts: { mirror: null, ca: null, lock: null },
    proxy: { http: null, https: null, noProxy: [], ca: null },
    ssh: { authorizedKeys: [] },
    userData: { merge: null },
    output: { target: 'any', envelope: 'auto', url: null },
    image: { repair: false, images: [], sources: {} },
    azure: noAzure,
  });
});

const full = `apiVersion: flexgen/v1
cluster:
  name: aks1
  server: https://aks1.example:443/
  ca: {file: ca.crt}
  kubernetesVersion: 1.36.4
  clusterDNS: [10.0.0.10, 'fd00::a']
  clusterDomain: corp.local
  podCIDRs: 10.244.0.0/16
  serviceCIDRs: [10.0.0.0/16, 'fd00::/112']
  tenantId: 11111111-2222-3333-4444-555555555555
auth:
  mode: service-principal
  clientId: 11111111-2222-3333-4444-555555555555
  secret: {command: [op, read, op://x/y]}
node:
  name: edge-01
  os: debian-13
  arch: auto
  ip: {cidr: 10.8.0.0/16}
  labels: {site: factory-7, 'topology.kubernetes.io/zone': 'a'}
  taints: [dedicated=edge:NoSchedule, 'gone:NoExecute']
  maxPods: 50
  kubelet: {imageGCHighThresholdPercent: 70}
network: {mode: bridge, podCIDR: 10.245.7.0/24}
versions: {kubernetes: 1.35.8, containerd: 2.3.4}
runtime:
  pauseImage: registry.k8s.io/pause:3.10
  registryMirrors: {_default: https://mirror.corp, 'ghcr.io': [https://a.corp, 'https://b.corp:5000/x']}
  nvidia: auto
  registries:
    b.corp:5000: {username: edge, password: {file: password}, ca: {file: corp.pem}}
    c.corp: {ca: {file: corp.pem}}
components: {nodeProblemDetector: on}
artifacts: {mirror: https://mirror.corp/k8s/, ca: {file: corp.pem}, lock: flexgen.lock.json}
proxy:
  http: http://proxy.corp:3128
  https: {url: http://proxy.corp:3128, username: edge, password: {env: PROXY_PASSWORD}}
  noProxy: [.corp, 10.0.0.0/8]
  ca: {file: corp.pem}
ssh:
  authorizedKeys:
    - |
      ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBhUvxyLOMhqqeTr9yvJ0lS1Yj9xRkB4M1q3hc4WvPvw me@laptop
userData: {merge: ./mine.yaml}
image: {repair: true, images: ['registry.k8s.io/kube-proxy:v1.36.4'], sources: {qemu: {memory: 4096}}}
output: {target: any, envelope: plain}
`;

test('everything that the config says is in the Spec', () => {
  const { spec } = load(full);
  assert.deepEqual(spec, {
    cluster: {
      kind: 'inline',
      facts: {
        name: 'aks1',
        server: 'https://aks1.example:443',
        kubernetesVersion: '1.36.4',
        clusterDNS: ['10.0.0.10', 'fd00::a'],
        clusterDomain: 'corp.local',
        podCIDRs: ['10.244.0.0/16'],
        serviceCIDRs: ['10.0.0.0/16', 'fd00::/112'],
        tenantId: '11111111-2222-3333-4444-555555555555',
        aks: null,
      },
      ca: { file: 'ca.crt', at: 'cluster.ca' },
    },
    auth: {
      mode: 'service-principal',
      credentialUse: 'bootstrap',
      clientId: '11111111-2222-3333-4444-555555555555',
      secret: { at: 'auth.secret', kind: 'command', argv: ['op', 'read', 'op://x/y'] },
    },
    node: {
      name: 'edge-01',
      os: 'debian-13',
      arch: 'auto',
      ip: { from: 'cidr', cidrs: ['10.8.0.0/16'] },
      hosts: {},
      waitFor: null,
      labels: { 'site': 'factory-7', 'topology.kubernetes.io/zone': 'a' },
      taints: [
        { key: 'dedicated', value: 'edge', effect: 'NoSchedule' },
        { key: 'gone', value: '', effect: 'NoExecute' },
      ],
      maxPods: 50,
      kubelet: { imageGCHighThresholdPercent: 70 },
    },
    network: { mode: 'bridge', podCIDRs: ['10.245.7.0/24'] },
    runtime: {
      pauseImage: 'registry.k8s.io/pause:3.10',
      registryMirrors: {
        '_default': ['https://mirror.corp'],
        'ghcr.io': ['https://a.corp', 'https://b.corp:5000/x'],
      },
      registries: {
        'b.corp:5000': {
          login: {
            username: 'edge',
            password: { at: 'runtime.registries["b.corp:5000"].password', kind: 'file', path: 'password' },
          },
          ca: { file: 'corp.pem', at: 'runtime.registries["b.corp:5000"].ca' },
        },
        'c.corp': { login: null, ca: { file: 'corp.pem', at: 'runtime.registries["c.corp"].ca' } },
      },
      nvidia: true,
    },
    versions: {
      kubernetes: '1.35.8',
      containerd: '2.3.4',
      runc: null,
      cniPlugins: null,
      crictl: null,
      nodeProblemDetector: null,
    },
    components: { nodeProblemDetector: true, kubeProxy: false },
    artifacts: {
      mirror: 'https://mirror.corp/k8s',
      ca: { file: 'corp.pem', at: 'artifacts.ca' },
      lock: { file: 'flexgen.lock.json', at: 'artifacts.lock' },
    },
    proxy: {
      http: { url: 'http://proxy.corp:3128', login: null },
      https: {
        url: 'http://proxy.corp:3128',
        login: {
          username: 'edge',
          password: { at: 'proxy.https.password', kind: 'env', name: 'PROXY_PASSWORD' },
        },
      },
      noProxy: ['.corp', '10.0.0.0/8'],
      ca: { file: 'corp.pem', at: 'proxy.ca' },
    },
    ssh: {
      authorizedKeys: [
        'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBhUvxyLOMhqqeTr9yvJ0lS1Yj9xRkB4M1q3hc4WvPvw me@laptop',
      ],
    },
    userData: { merge: { file: './mine.yaml', at: 'userData.merge' } },
    output: { target: 'any', envelope: 'plain', url: null },
    image: {
      repair: true,
      images: ['registry.k8s.io/kube-proxy:v1.36.4'],
      sources: {
        qemu: {
          diskSize: '20G',
          memory: 4096,
          cpus: 2,
          accelerator: 'kvm',
          output: 'output',
          headless: true,
          sshTimeout: '20m',
        },
      },
    },
    azure: noAzure,
  });
});

test('the Spec’s unions follow from the definitions', () => {
  const { auth, network } = load(full).spec;
  // These lines compile only while `mode` tells the modes apart.
  assert.equal(auth.mode === 'bootstrap-token' ? auth.token.at : auth.clientId.length, 36);
  assert.equal(network.mode === 'bridge' ? network.podCIDRs[0] : network.mode, '10.245.7.0/24');
});

test('a path is found where it stands, a default where it could', () => {
  const { locate, raw } = load(full);
  const place = (path: string) => {
    const { line, column, length } = locate(path);
    return [line, column, length];
  };
  assert.deepEqual(place('auth.secret'), [15, 11, 31]);
  assert.deepEqual(place('node.labels["topology.kubernetes.io/zone"]'), [21, 60, 3]);
  assert.deepEqual(place('node.taints[1]'), [22, 39, 16]);
  assert.deepEqual(place('cluster'), [2, 1, 7]);
  assert.deepEqual(place('node.forceKubelet'), [16, 1, 4]);
  assert.deepEqual(place('nowhere'), [1, 1, 1]);
  assert.deepEqual(raw['components'], { nodeProblemDetector: 'on' });
});

test('what a mode reports is located, and a warning does not stop the loader', () => {
  const text = full.replace('clientId:', 'credentialUse: always\n  clientId:');
  const loaded = loadSpec(text, 'edge.yaml', definitions);
  assert.ok(loaded.ok);
  assert.equal(loaded.value.spec.auth.credentialUse, 'always');
  assert.deepEqual(
    loaded.warnings.map(({ code, path, location }) => [code, path, location?.line, location?.column]),
    [['auth/credential-use', 'auth.credentialUse', 14, 18]],
  );
});

test('a byte order mark and CRLF change nothing', () => {
  assert.deepEqual(load(`\ufeff${full.replaceAll('\n', '\r\n')}`).spec, load(full).spec);
});

test('both forms of a switch', () => {
  for (const [written, meant] of [
    ['on', true],
    ['off', false],
    ['true', true],
    ['false', false],
  ] as const) {
    assert.equal(
      load(`${base}components: {nodeProblemDetector: ${written}}`).spec.components.nodeProblemDetector,
      meant,
    );
  }
});

test('problems of the schema and of the rules come together, in the order of the file', () => {
  assert.deepEqual(
    problemsOf('node:\n  labels: {node-role.kubernetes.io/x: ""}\n  maxPods: many\n  taints: [x]\nfoo: 1\n'),
    [
      '5:12 error config/label: a node can’t set its own role (kubelet may not give its own node a role: label it with `kubectl label node` after the join)',
      '6:12 error config/type: expected a whole number, found a string',
      '7:12 error config/taint: this taint has no effect (add one of `NoSchedule`, `PreferNoSchedule` or `NoExecute`, e.g. `x:NoSchedule`)',
      '8:1 error config/unknown-key: unknown key `foo` (known here: apiVersion, cluster, auth, node, network, versions, runtime, components, artifacts, proxy, ssh, userData, output, nodes, image, azure)',
    ],
  );
});

test('only the first hundred problems are told', () => {
  const problems = problemsOf(Array.from({ length: 300 }, (_, index) => `key${index}: 1\n`).join(''));
  assert.equal(problems.length, 101);
  assert.equal(
    problems.at(-1),
    'error config/too-many: there are more problems than these: correct them first',
  );
});
