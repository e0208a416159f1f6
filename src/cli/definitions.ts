import { definitions as modes } from '../node/index.ts';
import { imageSources } from '../render/packer/sources/index.ts';

/** Everything of this build that a config may choose from. */
export const definitions = { ...modes, sources: imageSources };
