import type { JsonSchema, ModeSchema, SourceSchema } from '../mode.ts';
import { azure } from './azure.ts';
import { cluster } from './cluster.ts';
import { defs } from './defs.ts';
import { image } from './image.ts';
import { artifacts, components, runtime, versions } from './installed.ts';
import { node } from './node.ts';
import { nodes, output, proxy, ssh, userData } from './surroundings.ts';

type AnyMode = ModeSchema<{ readonly mode: string }>;

/** What the config may choose from; it stands a floor above, in the order that a reader should see it. */
export interface SchemaParts {
  readonly auth: readonly AnyMode[];
  readonly network: readonly AnyMode[];
  readonly sources: readonly SourceSchema[];
  /** What payloads are for, and what they are wrapped in. */
  readonly targets: readonly string[];
  readonly envelopes: readonly string[];
}

/** One mapping whose other keys depend on its `mode`. */
function byMode(description: string, modes: readonly AnyMode[]): JsonSchema {
  const branch = ({ mode, summary, properties, required }: AnyMode): JsonSchema => ({
    title: mode,
    description: summary,
    // Without it editors take what is empty for all modes at once.
    type: 'object',
    properties: { mode: { const: mode, description: summary }, ...properties },
    required: ['mode', ...required],
    additionalProperties: false,
  });
  // Editors offer of a branch only what needs no other key, and show one description: here they find every mode, and what
  // it is. What is right is the branches' matter.
  const lines = modes.map((one) => `\`${one.mode}\`: ${one.summary}.`);
  const mode = { description: [description, ...lines].join(' '), examples: modes.map((one) => one.mode) };
  return {
    description,
    type: 'object',
    discriminator: { propertyName: 'mode' },
    properties: { mode },
    oneOf: modes.map(branch),
  };
}

/** The schema of the config: what editors read and what ajv checks. The default network mode is the first that needs nothing. */
export function assembleSchema({ auth, network, sources, targets, envelopes }: SchemaParts): JsonSchema {
  const plain = network.find(({ required }) => required.length === 0);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:flexgen:config',
    title: 'flexgen',
    description: 'A machine that becomes a node of a cluster.',
    type: 'object',
    properties: {
      apiVersion: {
        const: 'flexgen/v1',
        description: 'The version of this format.',
        examples: ['flexgen/v1'],
      },
      cluster,
      auth: {
        ...byMode('How the machine proves to the cluster who it is.', auth),
        examples: auth.filter(({ required }) => required.length === 0).map(({ mode }) => ({ mode })),
      },
      node,
      network: {
        ...byMode('Where the addresses of the node’s pods come from.', network),
        ...(plain === undefined ? {} : { default: { mode: plain.mode } }),
      },
      versions,
      runtime,
      components,
      artifacts,
      proxy,
      ssh,
      userData,
      output: output(targets, envelopes),
      nodes,
      image: image(sources),
      azure,
    },
    required: ['apiVersion', 'cluster', 'auth', ...(plain === undefined ? ['network'] : [])],
    additionalProperties: false,
    $defs: defs,
  };
}
