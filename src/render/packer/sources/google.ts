import { diskGigabytes, flag, labels, text, texts } from '../properties.ts';
import type { ImageSource, PerMachine } from '../source.ts';

interface PublicImage {
  readonly sourceImageFamily: string;
  readonly sourceImageProject: string;
}

const family = (sourceImageProject: string, amd64: string, arm64: string) => (arch: string) => ({
  sourceImageFamily: arch === 'arm64' ? arm64 : amd64,
  sourceImageProject,
});

const publicImages: PerMachine<PublicImage> = {
  'ubuntu-22.04': family('ubuntu-os-cloud', 'ubuntu-2204-lts', 'ubuntu-2204-lts-arm64'),
  'ubuntu-24.04': family('ubuntu-os-cloud', 'ubuntu-2404-lts-amd64', 'ubuntu-2404-lts-arm64'),
  'debian-12': family('debian-cloud', 'debian-12', 'debian-12-arm64'),
  'debian-13': family('debian-cloud', 'debian-13', 'debian-13-arm64'),
};

export const google: ImageSource = {
  kind: 'google',
  summary: 'an image of Compute Engine, baked on an instance there',
  builder: 'googlecompute',
  plugin: { source: 'github.com/hashicorp/googlecompute', version: '~> 1.2' },
  seeded: false,
  properties: {
    projectId: text('The project of the instance that bakes, and of the image.', 'corp-images'),
    zone: text('The zone of the instance that bakes.', 'europe-west3-a'),
    machineType: text('Its type. Default: e2-medium, or t2a-standard-2 for arm64.', 'n2-standard-2'),
    sourceImageFamily: text(
      'The family whose newest image the bake starts from. Default: that of node.os.',
      'ubuntu-2404-lts-amd64',
    ),
    sourceImageProject: text('The project that has it. Default: Canonical’s or Debian’s.', 'ubuntu-os-cloud'),
    diskSize: { ...diskGigabytes('The size of the image’s disk in GB.'), default: 20 },
    imageFamily: text('The family that gets the image.', 'flexgen'),
    network: text('The network of the instance that bakes. Default: `default`.', 'corp'),
    subnetwork: text('Its subnetwork.', 'bakes'),
    networkTags: texts('Its network tags.', 'A tag.', 'ssh'),
    privateIp: flag('Whether it is reached by its private address, and has no public one.', false),
    labels: labels('Labels of the image.'),
  },
  required: ['projectId', 'zone'],
  defaults: ({ os, arch }) => ({
    ...publicImages[os](arch),
    machineType: arch === 'arm64' ? 't2a-standard-2' : 'e2-medium',
  }),
};
