import type { JsonSchema, SourceSchema } from '../mode.ts';

/** What must be said of a source, as its keys' first examples have it. */
const example = ({ properties, required }: SourceSchema): JsonSchema =>
  Object.fromEntries(required.map((key) => [key, [properties[key]?.['examples']].flat(1)[0]]));

const sourceSchema = (source: SourceSchema): JsonSchema => ({
  type: 'object',
  description: `Where the image is baked: ${source.summary}.`,
  examples: [example(source)],
  properties: source.properties,
  required: source.required,
  additionalProperties: false,
});

/** `image`: a machine image that has everything of a node but what is a node's own. */
export const image = (sources: readonly SourceSchema[]): JsonSchema => ({
  description:
    'The golden image: `flexgen packer` bakes it, `flexgen cloud-init --image golden` is for machines made from it.',
  type: 'object',
  default: {},
  properties: {
    repair: {
      type: 'boolean',
      default: false,
      description:
        'Takes any image: the payload carries all of it again, and the machine installs what its image lacks or has otherwise.',
      examples: [true],
    },
    images: {
      type: 'array',
      items: {
        type: 'string',
        format: 'image',
        description: 'A container image.',
        examples: ['registry.k8s.io/kube-proxy:v1.36.4'],
      },
      default: [],
      description: 'Container images that are pulled at the bake, beside the pause image.',
      examples: [['registry.k8s.io/kube-proxy:v1.36.4']],
    },
    sources: {
      type: 'object',
      default: {},
      description: 'What `flexgen packer` bakes the image on. Default: `qemu`.',
      properties: Object.fromEntries(sources.map((source) => [source.kind, sourceSchema(source)])),
      additionalProperties: false,
      examples: [{ qemu: {} }],
    },
  },
  additionalProperties: false,
});
