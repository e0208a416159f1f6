import assert from 'node:assert/strict';
import { test } from 'node:test';
import { full } from './full.ts';
import { base, load } from './support.ts';

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

test('everything that the config says is in the Spec', () => {
  assert.deepEqual(load(full).spec, {
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
