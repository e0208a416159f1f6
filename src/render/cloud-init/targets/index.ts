import type { EnvelopeName } from '../envelopes/names.ts';
import { targetNames } from './names.ts';
import type { TargetName } from './names.ts';
import type { Target } from './target.ts';

const text = ['plain', 'mime'] as const satisfies readonly EnvelopeName[];
const inBase64 = ['base64', 'gzip-base64'] as const satisfies readonly EnvelopeName[];

/** Drives, for hypervisors that have nothing else to hand user-data over, or nothing that holds as much. */
export const drives = [
  'nocloud-iso',
  'nocloud-vfat',
  'configdrive',
] as const satisfies readonly EnvelopeName[];

/** An API that wants base64: its command line encodes a file of any bytes, its Terraform provider takes what is encoded. */
const anyBytes = {
  envelopes: [...text, 'gzip', ...inBase64, 'external', 'include'],
  auto: ['plain', 'gzip'],
} as const satisfies Partial<Target>;

/** What is a text in the provider's own API, and decoded by cloud-init's datasource. */
const anyText = {
  envelopes: [...text, ...inBase64, 'external', 'include'],
  auto: ['plain', 'gzip-base64'],
} as const satisfies Partial<Target>;

/** The least that any provider takes: AWS, before base64. */
export const leastLimit = 16_384;

/**
 * What provisioners take. Limits are those of their documentation, in bytes; that a datasource of cloud-init decodes base64 is
 * in its source (Ec2, Azure, GCE, Hetzner, Akamai, VMware).
 */
export const targets: Readonly<Record<TargetName, Target>> = {
  any: {
    title: 'every provider',
    limit: leastLimit,
    counts: 'content',
    envelopes: [...text, 'gzip', ...inBase64, 'guestinfo', 'external', 'include', ...drives],
    auto: ['plain'],
    note: 'text, within the least limit of all',
  },
  aws: {
    ...anyBytes,
    title: 'Amazon EC2',
    limit: 16_384,
    counts: 'content',
    note: 'user data, counted before base64',
  },
  azure: {
    ...anyBytes,
    title: 'Azure',
    limit: 65_535,
    counts: 'content',
    note: 'custom data, counted before base64',
  },
  gcp: {
    ...anyText,
    title: 'Google Compute Engine',
    limit: 262_144,
    counts: 'delivered',
    note: 'metadata `user-data`; what is in base64 needs `user-data-encoding=base64` beside it',
  },
  openstack: {
    ...anyBytes,
    title: 'OpenStack',
    limit: 65_535,
    counts: 'base64',
    note: 'user data, counted in base64',
  },
  vsphere: {
    title: 'vSphere',
    limit: 65_536,
    counts: 'base64',
    envelopes: ['guestinfo', ...inBase64, 'external', ...drives],
    auto: ['guestinfo'],
    note: '`guestinfo.userdata`, counted as it stands there',
  },
  proxmox: {
    title: 'Proxmox VE',
    limit: null,
    counts: 'content',
    envelopes: [...text, 'include', ...drives],
    auto: ['plain'],
    note: 'a snippet of `qm set --cicustom`, or a drive',
  },
  libvirt: {
    title: 'libvirt',
    limit: null,
    counts: 'content',
    envelopes: [...text, 'gzip', 'external', 'include', ...drives],
    auto: ['plain'],
    note: '`virt-install --cloud-init user-data=FILE`, or a drive',
  },
  hyperv: {
    title: 'Hyper-V',
    limit: null,
    counts: 'content',
    envelopes: [...drives, ...text, 'gzip'],
    auto: ['nocloud-iso'],
    note: 'a drive with it',
  },
  digitalocean: {
    title: 'DigitalOcean',
    limit: 65_536,
    counts: 'delivered',
    envelopes: [...text, 'external', 'include'],
    auto: ['plain'],
    note: 'text alone',
  },
  hetzner: {
    ...anyText,
    title: 'Hetzner Cloud',
    limit: 32_768,
    counts: 'delivered',
    note: 'text; what is in base64 cloud-init decodes',
  },
  linode: {
    ...anyText,
    title: 'Linode',
    limit: 16_384,
    counts: 'content',
    // Whether it counts before or after base64 is not in its documentation: taken as before, like the others that decode.
    note: 'metadata `user_data`, taken as counted before base64',
  },
  oxide: {
    ...anyBytes,
    title: 'Oxide',
    limit: 32_768,
    counts: 'content',
    note: 'user data, counted before base64',
  },
  kubevirt: {
    ...anyBytes,
    title: 'a Secret for KubeVirt',
    limit: 1_048_576,
    counts: 'base64',
    note: 'in a Secret: what stands in the manifest itself may have 2,048 bytes',
  },
  terraform: {
    title: 'Terraform, whatever its provider,',
    limit: leastLimit,
    counts: 'content',
    envelopes: ['external', ...text, 'gzip', ...inBase64],
    auto: ['external'],
    note: 'the data source `external`',
  },
};

/** Whether there is a target of this name. */
export const isTargetName = (name: string): name is TargetName => targetNames.some((known) => known === name);
