import type { Item } from '../../src/cli/identity/item.ts';
import type { Migration } from '../../src/cli/migrate/migrate.ts';
import { machineLine } from '../../src/cli/reset/line.ts';
import type { Difference as LockDifference } from '../../src/cli/supply/differences.ts';
import type { Delivered } from '../../src/cli/supply/download.ts';
import type { Boot } from '../../src/cli/timeline/boot.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { NodeEvent } from '../../src/kubernetes/join/event.ts';
import type { Condition } from '../../src/kubernetes/join/node.ts';
import type { Difference } from '../../src/render/review/compare.ts';
import type { Review } from '../../src/render/review/review.ts';

// What `--json` prints, one value of each kind in it. The types are those that the commands print, so that a field that comes
// or goes fails to compile here.

const diagnostics = [
  {
    severity: 'error',
    code: 'config/unknown-key',
    message: 'unknown key `lables`',
    hint: 'did you mean `labels`?',
    path: 'node.lables',
    location: { file: 'edge.yaml', line: 27, column: 3, length: 6, text: '  lables:' },
  },
] as const satisfies readonly Required<Omit<Diagnostic, 'table'>>[];

const findings = [
  {
    name: 'artifacts',
    state: 'failed',
    detail: 'https://mirror.corp/k8s answers 404',
    why: 'the node downloads from there',
    remedy: 'flexgen bundle --out mirror',
  },
];

const review = {
  name: 'user-data.yaml',
  bytes: 14194,
  wrapping: ['gzip'],
  parts: [{ name: 'part 1', kind: 'cloud-config', via: ['gzip'], bytes: 14194, text: '#cloud-config\n…' }],
  files: [
    {
      path: '/etc/flexgen/node.env',
      mode: '0644',
      owner: null,
      bytes: 512,
      part: 'part 1',
      packed: null,
      append: false,
      secret: false,
      text: 'NODE_NAME=edge-01\n…',
      sha256: '0f3c…',
    },
  ],
  units: [
    { name: 'flexgen.service', path: '/etc/systemd/system/flexgen.service', runs: ['…'], state: ['enabled'] },
  ],
  downloads: [{ url: 'https://dl.k8s.io/…', digest: 'sha256:9f1c…', from: '/etc/flexgen/artifacts.tsv' }],
  commands: [{ stage: 'final', when: 'first boot', text: 'systemctl start flexgen', part: 'part 1' }],
  modules: [{ key: 'package_update', stage: 'final', part: 'part 1', text: 'false' }],
  secrets: [{ kind: 'bootstrap token', label: '‹secret 1›', where: '/var/lib/kubelet/token', line: 1 }],
  timeline: [{ stage: 'init', what: 'write_files', when: 'first boot' }],
  budget: [{ target: 'aws', title: 'AWS', counted: 14194, limit: 16384, takes: true }],
  notes: ['…'],
} as const satisfies Review;

const differences = [
  { name: 'file /etc/flexgen/node.env', state: 'changed', details: ['mode 0644 → 0600'], hunks: '@@ …' },
] as const satisfies readonly Difference[];

const items: readonly Item[] = [
  { action: 'create', kind: 'machine', name: 'edge-01', detail: 'resource group rg, westeurope' },
];

const group = (name: string) => ({ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name });

const changes = [
  {
    action: 'change',
    kind: 'ClusterRoleBinding',
    name: 'flexgen:selfnodeclient',
    role: 'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
    subjects: [group('system:nodes')],
    before: { role: 'view', subjects: [group('eve')] },
  },
  {
    action: 'change',
    kind: 'Secret',
    namespace: 'kube-system',
    name: 'bootstrap-token-f4k3f4',
    expires: '2026-12-01T02:00:00.000Z',
    fields: ['data.auth-extra-groups'],
  },
];

const identity = { mode: 'arc', objectId: '11111111-2222-3333-4444-555555555555', changes: items };
const cluster = { cluster: 'aks1', server: 'https://aks1-abc123.hcp.westeurope.azmk8s.io:443' };

const since = '2026-12-01T02:00:00Z';

/** By command. */
export const shapes: Readonly<Record<string, unknown>> = {
  'validate': diagnostics,
  'preflight': findings,
  'inspect': review,
  'diff': differences,
  'migrate': {
    shape: 'July 2026',
    config: 'apiVersion: flexgen/v1\n…',
    fields: [{ path: 'node.maxPods', state: 'taken', to: 'node.maxPods', why: null }],
    secrets: [{ variable: 'AZURE_CLIENT_SECRET', path: 'azure.servicePrincipal.clientSecret' }],
  } satisfies Migration,
  'lock': {
    changes: [{ kind: 'added', entry: 'kubelet 1.36.4 amd64' }] satisfies readonly LockDifference[],
  },
  'bundle': {
    files: [
      { path: 'dl.k8s.io/…', sha256: '9f1c…', bytes: 58_000_000, kept: false },
    ] satisfies readonly Delivered[],
  },
  'identity plan': identity,
  'identity apply': identity,
  'identity remove': identity,
  'identity verify': { ...identity, cluster: changes },
  'cluster plan': { ...cluster, changes },
  'cluster apply': { ...cluster, changes },
  'cluster remove': { ...cluster, changes },
  'wait': {
    ...cluster,
    ready: false,
    seconds: 900,
    nodes: [
      {
        name: 'edge-01',
        ready: false,
        stage: 'ready',
        seconds: 900,
        reason: { code: 'join/no-cni', message: 'has no pod network', hint: 'install a CNI DaemonSet' },
        warnings: [{ code: 'join/cordoned', message: 'is cordoned, and takes no pods', hint: '…' }],
        request: { name: 'node-csr-…', requestor: 'system:bootstrap:f4k3f4', state: 'issued' },
        node: {
          kubelet: '1.36.4',
          addresses: ['10.8.0.21'],
          podCIDR: '10.244.7.0/24',
          taints: ['node.kubernetes.io/not-ready'],
          conditions: [
            { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: '…', since },
          ] satisfies readonly Condition[],
        },
        events: [
          { type: 'Warning', reason: 'ContainerGCFailed', message: '…', last: since },
        ] satisfies readonly Omit<NodeEvent, 'uid' | 'node'>[],
        revoked: ['bootstrap-token-f4k3f4'],
      },
    ],
  },
  'timeline': {
    state: 'ready',
    step: 'ready',
    code: 0,
    reason: '',
    remedy: '',
    steps: [{ name: 'host', start: 0, seconds: 1 }],
    seconds: 29,
  } satisfies Boot,
  'reset': {
    ...cluster,
    out: ['edge-01'],
    left: [],
    changes: [
      { action: 'delete', kind: 'node', name: 'edge-01', detail: '' },
      ...changes.map((change) => ({ ...change, action: 'delete' })),
    ],
    machine: machineLine,
  },
  'rotate': { ...cluster, changes },
};
