import type { EnvelopeName } from '../envelopes/names.ts';
import type { TargetName } from './names.ts';
import type { Target } from './target.ts';

const text: readonly EnvelopeName[] = ['plain', 'mime'];
const bytes: readonly EnvelopeName[] = [...text, 'gzip'];
const both: readonly EnvelopeName[] = [...bytes, 'base64', 'gzip-base64'];

/** What provisioners take: limits from their documentation, in bytes. */
export const targets = {
  any: {
    title: 'any provisioner',
    limit: 16_384,
    counts: 'content',
    envelopes: [...both, 'external', 'guestinfo'],
    note: 'text that every provider takes',
  },
  aws: {
    title: 'Amazon EC2',
    limit: 16_384,
    counts: 'content',
    envelopes: both,
    note: 'counted before base64',
  },
  azure: {
    title: 'Azure virtual machine',
    limit: 65_535,
    counts: 'content',
    envelopes: both,
    note: '`custom-data`, counted before base64',
  },
  gcp: {
    title: 'Google Compute Engine',
    limit: 262_144,
    counts: 'delivered',
    envelopes: [...text, 'base64', 'gzip-base64'],
    note: 'metadata `user-data`; in base64 with `user-data-encoding=base64`',
  },
  openstack: {
    title: 'OpenStack',
    limit: 65_535,
    counts: 'base64',
    envelopes: both,
    note: 'counted after base64',
  },
  vsphere: {
    title: 'VMware vSphere',
    limit: 65_536,
    counts: 'base64',
    envelopes: ['guestinfo', 'gzip-base64', 'base64'],
    note: '`guestinfo.userdata`, counted as it stands there',
  },
  proxmox: {
    title: 'Proxmox VE',
    limit: null,
    counts: 'content',
    envelopes: text,
    note: 'a snippet, or a drive',
  },
  libvirt: {
    title: 'libvirt',
    limit: null,
    counts: 'content',
    envelopes: bytes,
    note: '`virt-install --cloud-init user-data=FILE`, or a drive',
  },
  hyperv: { title: 'Hyper-V', limit: null, counts: 'content', envelopes: bytes, note: 'a drive' },
  digitalocean: {
    title: 'DigitalOcean droplet',
    limit: 65_536,
    counts: 'delivered',
    envelopes: text,
    note: 'plain text only',
  },
  hetzner: {
    title: 'Hetzner Cloud',
    limit: 32_768,
    counts: 'delivered',
    envelopes: [...text, 'base64', 'gzip-base64'],
    note: 'text',
  },
  linode: {
    title: 'Linode (Akamai)',
    limit: 16_384,
    counts: 'content',
    envelopes: both,
    note: 'counted before base64',
  },
  oxide: {
    title: 'Oxide',
    limit: 32_768,
    counts: 'content',
    envelopes: both,
    note: 'counted before base64',
  },
  kubevirt: {
    title: 'KubeVirt',
    limit: 1_048_576,
    counts: 'base64',
    envelopes: both,
    note: 'in a Secret: inline it may have 2,048 bytes',
  },
  terraform: {
    title: 'Terraform',
    limit: 16_384,
    counts: 'content',
    envelopes: ['external', ...both],
    note: 'data source `external`; the limit of the provider that says least',
  },
} as const satisfies Record<TargetName, Target>;
