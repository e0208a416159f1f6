import { cpus, flag, memory, sshTimeout, text } from '../properties.ts';
import type { ImageSource } from '../source.ts';

export const hyperv: ImageSource = {
  kind: 'hyperv',
  summary: 'an exported machine of Hyper-V, baked on a copy of another; Packer runs on the Windows host',
  builder: 'hyperv-vmcx',
  plugin: { source: 'github.com/hashicorp/hyperv', version: '~> 1.1' },
  seeded: true,
  properties: {
    vmcxPath: text(
      'The folder of an exported machine, with `Virtual Machines` in it; its cloud-init must take a NoCloud seed.',
      'C:/exports/noble',
    ),
    switchName: text(
      'The virtual switch of the machine that bakes. Default: the first external one.',
      'Default Switch',
    ),
    generation: { enum: [1, 2], default: 2, description: 'Its generation.', examples: [2] },
    secureBoot: flag('Whether it boots securely, as Linux does: with Microsoft’s UEFI authority.', true),
    memory,
    cpus,
    output: {
      ...text(
        'The folder that Packer makes for the image, relative to where Packer is started.',
        'output-hyperv',
      ),
      default: 'output-hyperv',
    },
    headless: flag('Whether the machine has no window.', true),
    sshTimeout,
  },
  required: ['vmcxPath'],
  defaults: () => ({}),
};
