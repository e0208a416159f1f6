import type { JsonSchema } from '../../config/mode.ts';

/** The kinds of properties that more than one source has. */

export const text = (description: string, example: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  description,
  examples: [example],
});

export const flag = (description: string, value: boolean): JsonSchema => ({
  type: 'boolean',
  default: value,
  description,
  examples: [!value],
});

const integer = (description: string, minimum: number, maximum: number, example: number): JsonSchema => ({
  type: 'integer',
  minimum,
  maximum,
  description,
  examples: [example],
});

export const texts = (description: string, item: string, example: string): JsonSchema => ({
  type: 'array',
  items: { type: 'string', minLength: 1, description: item, examples: [example] },
  default: [],
  description,
  examples: [[example]],
});

export const labels = (description: string): JsonSchema => ({
  type: 'object',
  additionalProperties: { type: 'string', description: 'Its value.', examples: ['edge'] },
  default: {},
  description,
  examples: [{ team: 'edge' }],
});

export const memory: JsonSchema = {
  ...integer('The memory of the machine that bakes, in MiB.', 512, 1_048_576, 4096),
  default: 2048,
};

export const cpus: JsonSchema = { ...integer('Its processors.', 1, 512, 4), default: 2 };

export const diskGigabytes = (description: string): JsonSchema => integer(description, 8, 32_767, 20);

export const sshTimeout: JsonSchema = {
  type: 'string',
  format: 'go-duration',
  default: '20m',
  description: 'How long the machine may take to boot.',
  examples: ['20m'],
};
