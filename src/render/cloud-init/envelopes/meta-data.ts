import { sha256 } from '../../../node/image.ts';
import type { EnvelopeInput } from './envelope.ts';

/**
 * What cloud-init is told of its machine. By the id it knows whose a seed is: one with another payload is another machine’s,
 * and is done anew.
 */
export const metaData = ({ userData, name }: EnvelopeInput) => ({
  'instance-id': `flexgen-${sha256(userData).slice(0, 16)}`,
  ...(name === '' ? {} : { 'local-hostname': name }),
});
