import { cpus, flag, memory, text } from '../properties.ts';
import type { ImageSource } from '../source.ts';

export const vsphere: ImageSource = {
  kind: 'vsphere',
  summary: 'a template of vSphere, baked on a clone of another',
  builder: 'vsphere-clone',
  plugin: { source: 'github.com/vmware/vsphere', version: '~> 2.0' },
  seeded: true,
  properties: {
    server: text('vCenter. VSPHERE_USER and VSPHERE_PASSWORD say who signs in.', 'vcenter.corp.example'),
    template: text('The template that is cloned; its cloud-init must take a NoCloud seed.', 'noble-cloudimg'),
    cluster: text('The cluster that bakes.', 'cluster-1'),
    host: text('The host that bakes; one of `cluster` and `host` is needed.', 'esxi-1.corp.example'),
    datacenter: text('The datacenter, where there is more than one.', 'dc-1'),
    datastore: text('The datastore of the new template.', 'nvme'),
    folder: text('Its folder.', 'templates'),
    resourcePool: text('The resource pool of the machine that bakes.', 'bakes'),
    network: text('Its network. Default: the template’s.', 'VM Network'),
    memory,
    cpus,
    insecure: flag('Whether vCenter’s certificate is taken as it is.', false),
  },
  required: ['server', 'template'],
  problems: ({ cluster, host }) =>
    cluster === undefined && host === undefined
      ? [
          {
            key: 'cluster',
            message: '`image.sources.vsphere` needs `cluster` or `host`',
            hint: 'add one, e.g. `cluster: cluster-1`',
          },
        ]
      : [],
  defaults: () => ({}),
};
