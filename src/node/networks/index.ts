import { bridge } from './bridge.ts';
import { external } from './external.ts';
import { nodeCidr } from './node-cidr.ts';

/** One line per network mode: the union, the schema, the docs and the plan follow from this list. */
export const networkModes = [bridge, nodeCidr, external] as const;

export type Network = ReturnType<(typeof networkModes)[number]['read']>;
