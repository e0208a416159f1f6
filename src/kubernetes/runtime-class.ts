import type { WantedObject } from './object.ts';

/**
 * What a pod names to run with an NVIDIA card: the handler that nodes with one have. It has the name that everybody
 * else's has, so that one that is there already is as good; and picks no nodes, as theirs may have other labels.
 */
export const nvidiaClass: WantedObject = {
  kind: 'RuntimeClass',
  namespace: null,
  name: 'nvidia',
  labels: {},
  content: { handler: 'nvidia' },
};
