import { diskGigabytes, flag, labels, text } from '../properties.ts';
import type { CloudName } from '../../../config/clouds.ts';
import type { ImageSource, PerMachine } from '../source.ts';

interface MarketplaceImage {
  readonly imagePublisher: string;
  readonly imageOffer: string;
  readonly imageSku: string;
}

const image =
  (imagePublisher: string, imageOffer: string, amd64: string, arm64: string) => (arch: string) => ({
    imagePublisher,
    imageOffer,
    imageSku: arch === 'arm64' ? arm64 : amd64,
  });

// All of generation 2: it is what Azure's newer sizes boot.
const marketplaceImages: PerMachine<MarketplaceImage> = {
  'ubuntu-22.04': image('Canonical', '0001-com-ubuntu-server-jammy', '22_04-lts-gen2', '22_04-lts-arm64'),
  'ubuntu-24.04': image('Canonical', 'ubuntu-24_04-lts', 'server', 'server-arm64'),
  'debian-12': image('Debian', 'debian-12', '12-gen2', '12-arm64'),
  'debian-13': image('Debian', 'debian-13', '13-gen2', '13-arm64'),
};

/** What the plugin calls Azure's clouds. */
const environments = {
  'public': 'Public',
  'us-government': 'USGovernment',
  'china': 'China',
} as const satisfies Record<CloudName, string>;

const gallery = {
  type: 'object',
  description: 'A gallery that gets the image as a version, in place of a managed image. Arm64 needs one.',
  properties: {
    name: text('The gallery, in `resourceGroup`.', 'golden'),
    image: text('The image definition in it, which must be there.', 'flexgen-noble'),
    version: {
      type: 'string',
      format: 'version',
      description: 'The version that is made.',
      examples: ['1.0.0'],
    },
    regions: {
      type: 'array',
      items: { type: 'string', format: 'region', description: 'A region.', examples: ['northeurope'] },
      default: [],
      description: 'The regions that it is copied to. Default: `location` alone.',
      examples: [['westeurope', 'northeurope']],
    },
  },
  required: ['name', 'image', 'version'],
  additionalProperties: false,
  examples: [{ name: 'golden', image: 'flexgen-noble', version: '1.0.0' }],
} as const;

export const azure: ImageSource = {
  kind: 'azure',
  summary: 'a managed image or a gallery’s image version, baked on a virtual machine of Azure',
  builder: 'azure-arm',
  plugin: { source: 'github.com/hashicorp/azure', version: '~> 2.6' },
  seeded: false,
  properties: {
    location: {
      type: 'string',
      format: 'region',
      description: 'The region of the machine that bakes, and of the image.',
      examples: ['westeurope'],
    },
    resourceGroup: {
      type: 'string',
      format: 'resource-group',
      description: 'The resource group that gets the image; it must be there.',
      examples: ['images'],
    },
    subscriptionId: {
      $ref: '#/$defs/guid',
      description: 'The subscription. Default: that of `az`, or ARM_SUBSCRIPTION_ID.',
    },
    signIn: {
      enum: ['cli', 'environment', 'managed-identity'],
      default: 'cli',
      description:
        'Who bakes: `az`, or ARM_CLIENT_ID with ARM_CLIENT_SECRET and ARM_TENANT_ID, or the identity of the machine that runs Packer.',
      examples: ['environment'],
    },
    cloud: {
      enum: Object.values(environments),
      description: 'What Packer calls the cloud. Default: that of `azure.cloud`.',
      examples: ['USGovernment'],
    },
    buildResourceGroup: {
      type: 'string',
      format: 'resource-group',
      description: 'The resource group for the machine that bakes. Default: one that is made for it.',
      examples: ['bakes'],
    },
    vmSize: text('Its size. Default: Standard_D2s_v5, or Standard_D2ps_v5 for arm64.', 'Standard_D4s_v5'),
    imagePublisher: text(
      'The publisher of the image that the bake starts from. Default: Canonical or Debian.',
      'Canonical',
    ),
    imageOffer: text('Its offer.', 'ubuntu-24_04-lts'),
    imageSku: text('Its SKU.', 'server'),
    imageVersion: { ...text('Its version.', '24.04.202611010'), default: 'latest' },
    diskSize: diskGigabytes('The size of the image’s disk in GB. Default: that of the image it starts from.'),
    gallery,
    virtualNetwork: text(
      'A virtual network for the machine that bakes, which is reached by its private address.',
      'vnet',
    ),
    virtualNetworkResourceGroup: text('Its resource group.', 'network'),
    subnet: text('A subnet of it.', 'bakes'),
    publicIp: flag('Whether a machine in a virtual network has a public address all the same.', false),
    tags: labels('Tags of all that is made.'),
  },
  required: ['location', 'resourceGroup'],
  defaults: ({ os, arch, cloud }) => ({
    ...marketplaceImages[os](arch),
    cloud: environments[cloud],
    vmSize: arch === 'arm64' ? 'Standard_D2ps_v5' : 'Standard_D2s_v5',
  }),
};
