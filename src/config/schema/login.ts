import type { JsonSchema } from '../mode.ts';

/** The keys of a name and a password, for `whom`. */
export const login = (whom: string): Readonly<Record<'username' | 'password', JsonSchema>> => ({
  username: {
    type: 'string',
    format: 'username',
    description: `The machine’s name for ${whom}.`,
    examples: ['edge'],
  },
  password: {
    $ref: '#/$defs/secret',
    description:
      'Its password, from the environment, a file or a command. It stays on the machine, which needs it for as long as it is a node.',
    examples: [{ env: 'PASSWORD' }],
  },
});
