import { diskGigabytes, flag, labels, text, texts } from '../properties.ts';
import type { ImageSource, PerMachine } from '../source.ts';

interface PublicImage {
  readonly owner: string;
  readonly filter: string;
  readonly sshUsername: string;
  readonly rootDevice: string;
}

const ubuntu = (volume: string, release: string) => (arch: string) => ({
  owner: '099720109477',
  filter: `ubuntu/images/${volume}/ubuntu-${release}-${arch}-server-*`,
  sshUsername: 'ubuntu',
  rootDevice: '/dev/sda1',
});

const debian = (number: number) => (arch: string) => ({
  owner: '136693071363',
  filter: `debian-${number}-${arch}-*`,
  sshUsername: 'admin',
  rootDevice: '/dev/xvda',
});

const publicImages: PerMachine<PublicImage> = {
  'ubuntu-22.04': ubuntu('hvm-ssd', 'jammy-22.04'),
  'ubuntu-24.04': ubuntu('hvm-ssd-gp3', 'noble-24.04'),
  'debian-12': debian(12),
  'debian-13': debian(13),
};

export const amazon: ImageSource = {
  kind: 'amazon',
  summary: 'an AMI, baked on an instance of EC2',
  builder: 'amazon-ebs',
  plugin: { source: 'github.com/hashicorp/amazon', version: '~> 1.8' },
  seeded: false,
  properties: {
    region: text('The region of the instance that bakes, and of the AMI.', 'eu-central-1'),
    regions: texts('Regions that the AMI is copied to.', 'A region.', 'eu-west-1'),
    instanceType: text('The instance that bakes. Default: t3.medium, or t4g.medium for arm64.', 'm7i.large'),
    owner: text('Whose AMI the bake starts from. Default: Canonical’s or Debian’s.', '099720109477'),
    filter: text(
      'The name of that AMI, with wildcards; the newest is taken. Default: that of node.os.',
      'corp-noble-*',
    ),
    architecture: {
      enum: ['x86_64', 'arm64'],
      description: 'Its architecture. Default: that of node.arch.',
      examples: ['arm64'],
    },
    rootDevice: text('The name of its root device.', '/dev/sda1'),
    sshUsername: text('The user that its cloud-init makes. Default: ubuntu or admin.', 'ubuntu'),
    diskSize: { ...diskGigabytes('The size of the AMI’s disk in GiB.'), default: 20 },
    encrypt: flag('Whether its disk is encrypted.', false),
    kmsKeyId: text('The key for that. Default: the account’s own.', 'alias/images'),
    subnetId: text(
      'The subnet of the instance that bakes. Default: one of the default VPC.',
      'subnet-0123456789abcdef0',
    ),
    privateIp: flag('Whether it is reached by its private address, and has no public one.', false),
    instanceProfile: text('The IAM instance profile of it.', 'bake'),
    accounts: texts('Accounts that may use the AMI.', 'An account.', '123456789012'),
    tags: labels('Tags of the AMI and its snapshot.'),
  },
  required: ['region'],
  defaults: ({ os, arch }) => ({
    ...publicImages[os](arch),
    instanceType: arch === 'arm64' ? 't4g.medium' : 't3.medium',
    architecture: arch === 'arm64' ? 'arm64' : 'x86_64',
  }),
};
