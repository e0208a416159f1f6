import type { Part } from '../plan.ts';

/** A card of NVIDIA's is looked for at boot, and containerd told of it; driver and toolkit are the image's matter. */
export const nvidia: Part = ({ spec }) => (spec.runtime.nvidia ? { hooks: ['nvidia'] } : {});
