import { cpus, flag, memory, text } from '../properties.ts';
import type { ImageSource } from '../source.ts';

export const proxmox: ImageSource = {
  kind: 'proxmox',
  summary: 'a template of Proxmox VE, baked on a clone of another',
  builder: 'proxmox-clone',
  plugin: { source: 'github.com/hashicorp/proxmox', version: '~> 1.2' },
  seeded: false,
  properties: {
    url: {
      $ref: '#/$defs/httpsUrl',
      description:
        'The API of Proxmox VE. PROXMOX_USERNAME and PROXMOX_TOKEN (or PROXMOX_PASSWORD) say who signs in.',
      examples: ['https://pve.corp.example:8006/api2/json'],
    },
    node: text('The node that bakes.', 'pve-1'),
    template: text('The template that is cloned; it must have a cloud-init drive.', 'noble-cloudimg'),
    pool: text('The resource pool of the new template.', 'templates'),
    bridge: { ...text('The network bridge of the machine that bakes.', 'vmbr0'), default: 'vmbr0' },
    cloudInitStorage: text(
      'The storage of the new template’s cloud-init drive. Default: that of its disk.',
      'local-lvm',
    ),
    cpuType: { ...text('Its processor type.', 'x86-64-v2-AES'), default: 'host' },
    memory,
    cpus,
    insecure: flag('Whether the API’s certificate is taken as it is.', false),
  },
  required: ['url', 'node', 'template'],
  defaults: () => ({}),
};
