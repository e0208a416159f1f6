import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { granted } from '../../src/kubernetes/binding.ts';
import { kubeProxyObjects } from '../../src/kubernetes/kube-proxy.ts';
import { titleOf } from '../../src/kubernetes/kinds.ts';

const facts = {
  name: 'aks1',
  server: 'https://aks1.example:443',
  ca: '',
  kubernetesVersion: '1.36.4',
  clusterDNS: ['10.0.0.10'],
  clusterDomain: 'cluster.local',
  podCIDRs: ['10.244.0.0/16', 'fd00::/64'],
  serviceCIDRs: [],
  tenantId: null,
  aks: null,
};

test('kube-proxy’s objects, its binding first', () => {
  const objects = kubeProxyObjects(facts);
  assert.deepEqual(objects.map(titleOf), [
    'clusterrolebinding flexgen:kube-proxy',
    'serviceaccount kube-system/flexgen-kube-proxy',
    'configmap kube-system/flexgen-kube-proxy',
    'daemonset kube-system/flexgen-kube-proxy',
  ]);
  assert.deepEqual(granted(objects[0]?.content ?? {}), {
    role: 'system:node-proxier',
    subjects: [{ kind: 'ServiceAccount', name: 'flexgen-kube-proxy', namespace: 'kube-system' }],
  });
});

const filesOf = (podCIDRs: readonly string[]) => {
  const data = kubeProxyObjects({ ...facts, podCIDRs })[2]?.content['data'] as Record<string, string>;
  return Object.fromEntries(Object.entries(data).map(([name, text]) => [name, parse(text) as unknown]));
};

test('its configuration: the pods’ networks, and the API server under its own address', () => {
  const folder = '/var/run/secrets/kubernetes.io/serviceaccount';
  const config = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'iptables',
    clusterCIDR: '10.244.0.0/16,fd00::/64',
    clientConnection: { kubeconfig: '/etc/kube-proxy/kubeconfig.conf' },
  };
  assert.deepEqual(filesOf(facts.podCIDRs), {
    'config.conf': config,
    'kubeconfig.conf': {
      'apiVersion': 'v1',
      'kind': 'Config',
      'clusters': [
        {
          name: 'default',
          cluster: { 'server': facts.server, 'certificate-authority': `${folder}/ca.crt` },
        },
      ],
      'users': [{ name: 'default', user: { tokenFile: `${folder}/token` } }],
      'contexts': [{ name: 'default', context: { cluster: 'default', user: 'default' } }],
      'current-context': 'default',
    },
  });
  const { clusterCIDR: _none, ...rest } = config;
  assert.deepEqual(filesOf([])['config.conf'], rest);
});

const podOf = (change: Partial<typeof facts>) => {
  const spec = kubeProxyObjects({ ...facts, ...change })[3]?.content['spec'] as {
    template: { metadata: { annotations: object }; spec: Record<string, unknown> };
  };
  return spec.template;
};

test('it runs on the machine’s network on flexgen’s nodes alone, whatever their taints', () => {
  const { nodeSelector, tolerations, hostNetwork, priorityClassName, containers } = podOf({}).spec;
  assert.deepEqual(
    { nodeSelector, tolerations, hostNetwork, priorityClassName },
    {
      nodeSelector: { 'kubernetes.azure.com/managed': 'false', 'kubernetes.io/os': 'linux' },
      tolerations: [{ operator: 'Exists' }],
      hostNetwork: true,
      priorityClassName: 'system-node-critical',
    },
  );
  const [container] = containers as Record<string, unknown>[];
  assert.deepEqual(
    [container?.['image'], container?.['command']],
    [
      'registry.k8s.io/kube-proxy:v1.36.4',
      [
        '/usr/local/bin/kube-proxy',
        '--config=/etc/kube-proxy/config.conf',
        '--hostname-override=$(NODE_NAME)',
      ],
    ],
  );
});

test('another configuration starts other pods', () => {
  const { annotations } = podOf({}).metadata;
  assert.deepEqual(podOf({ kubernetesVersion: '1.36.5' }).metadata.annotations, annotations);
  assert.notDeepEqual(podOf({ server: 'https://other.example:443' }).metadata.annotations, annotations);
});
