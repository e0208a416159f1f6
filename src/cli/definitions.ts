import { definitions as modes } from '../node/index.ts';
import { envelopeNames } from '../render/cloud-init/envelopes/names.ts';
import { targetNames } from '../render/cloud-init/targets/names.ts';
import { imageSources } from '../render/packer/sources/index.ts';

/** Everything of this build that a config may choose from. */
export const definitions = {
  ...modes,
  sources: imageSources,
  targets: targetNames,
  envelopes: envelopeNames,
};
