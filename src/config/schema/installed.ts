import type { JsonSchema } from '../mode.ts';
import { login } from './login.ts';

const version = (what: string, example: string, otherwise: string): JsonSchema => ({
  type: 'string',
  format: 'version',
  description: `The version of ${what}. Default: ${otherwise}.`,
  examples: [example],
});

/** `versions`: pins, where the default does not suit. */
export const versions: JsonSchema = {
  description: 'Versions of what is installed. Each has a default that suits the cluster.',
  type: 'object',
  default: {},
  properties: {
    kubernetes: version('kubelet, kubectl and kubeadm', '1.36.4', 'the cluster’s'),
    containerd: version('containerd', '2.3.4', 'the newest that is tested with the Kubernetes version'),
    runc: version('runc', '1.4.3', 'the newest known'),
    cniPlugins: version('the CNI plugins', '1.9.1', 'the newest known'),
    crictl: version('crictl', '1.36.0', 'the newest known'),
    nodeProblemDetector: version('node-problem-detector', '1.36.0', 'the newest known'),
  },
  additionalProperties: false,
};

/** `components`: what is installed beside the node itself. */
export const components: JsonSchema = {
  description: 'What is installed beside the node itself.',
  type: 'object',
  default: {},
  properties: {
    nodeProblemDetector: {
      enum: ['on', 'off', true, false],
      default: 'off',
      description: 'node-problem-detector: reports trouble of the machine as conditions of the node.',
      examples: ['on'],
    },
    kubeProxy: {
      enum: ['on', 'off', true, false],
      default: 'off',
      description:
        'kube-proxy: `flexgen cluster apply` gives the cluster a DaemonSet of it for flexgen’s nodes alone, which AKS’s own leaves out. Needed for services, unless the network brings its own.',
      examples: ['on'],
    },
  },
  additionalProperties: false,
};

/** `artifacts`: where the downloads come from. */
export const artifacts: JsonSchema = {
  description: 'Where the node downloads from, and which digests hold.',
  type: 'object',
  default: {},
  properties: {
    mirror: {
      type: 'string',
      format: 'artifact-mirror',
      description:
        'A mirror: `https://HOST/PATH` is fetched from `<mirror>/HOST/PATH`. `flexgen bundle` makes one; `file:///media/flexgen` is a folder of the machine, `oci://registry.corp/flexgen` a repository of a registry.',
      examples: ['https://mirror.corp/k8s'],
    },
    ca: {
      $ref: '#/$defs/file',
      description: 'A private CA (PEM) that the mirror is behind.',
      examples: [{ file: './corp.pem' }],
    },
    lock: {
      type: 'string',
      minLength: 1,
      description:
        'A lock file with URLs and digests, relative to this file; it wins over those that flexgen knows.',
      examples: ['flexgen.lock.json'],
    },
  },
  additionalProperties: false,
};

/** `runtime`: containerd's settings. */
export const runtime: JsonSchema = {
  description: 'The container runtime, containerd.',
  type: 'object',
  default: {},
  properties: {
    pauseImage: {
      type: 'string',
      format: 'image',
      default: 'mcr.microsoft.com/oss/v2/kubernetes/pause:3.10.2',
      description: 'The image that holds a pod’s namespaces.',
      examples: ['registry.k8s.io/pause:3.10'],
    },
    registryMirrors: {
      type: 'object',
      propertyNames: { type: 'string', format: 'registry-host' },
      additionalProperties: {
        type: ['string', 'array'],
        format: 'mirror-url',
        items: {
          type: 'string',
          format: 'mirror-url',
          description: 'One mirror.',
          examples: ['https://mirror.corp'],
        },
        minItems: 1,
        description: 'One mirror or a list; they are tried in this order.',
        examples: [['https://mirror.corp']],
      },
      default: {},
      description: 'Mirrors of image registries, by registry host; `_default` stands for every other host.',
      examples: [{ 'mcr.microsoft.com': ['https://mirror.corp'] }],
    },
    nvidia: {
      enum: ['auto', 'off', false],
      default: 'off',
      description:
        '`auto` looks for an NVIDIA card at boot and gives containerd the handler `nvidia`; `flexgen cluster apply` makes the RuntimeClass. Driver and container toolkit are in the image already: nothing is installed.',
      examples: ['auto'],
    },
    registries: {
      type: 'object',
      propertyNames: { type: 'string', format: 'registry-host' },
      additionalProperties: {
        type: 'object',
        minProperties: 1,
        properties: {
          ...login('the registry'),
          ca: {
            $ref: '#/$defs/file',
            description: 'A private CA (PEM) that the registry is behind.',
            examples: [{ file: './corp.pem' }],
          },
        },
        additionalProperties: false,
        description: 'What the machine has for this registry, or mirror, to pull images from it.',
        examples: [{ username: 'edge', password: { env: 'REGISTRY_PASSWORD' } }],
      },
      default: {},
      description:
        'Registries, and mirrors, that ask for a password or have a private CA, by host. All pods of the node may use their images.',
      examples: [{ 'registry.corp:5000': { username: 'edge', password: { env: 'REGISTRY_PASSWORD' } } }],
    },
  },
  additionalProperties: false,
};
