import { sha256 } from '../../../node/image.ts';

/** Which machine cloud-init takes a seed's for: a seed with another payload is another machine, and is done anew. */
export const instanceId = (userData: string): string => `flexgen-${sha256(userData).slice(0, 16)}`;
