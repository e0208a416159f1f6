/** What reads a payload. */
export const targetNames = [
  'any',
  'aws',
  'azure',
  'gcp',
  'openstack',
  'vsphere',
  'proxmox',
  'libvirt',
  'hyperv',
  'digitalocean',
  'hetzner',
  'linode',
  'oxide',
  'kubevirt',
  'terraform',
] as const;

export type TargetName = (typeof targetNames)[number];
