import { createHash } from 'node:crypto';
import type { ImagePlan, NodeFile, PlanContext } from './plan.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

// 48 bits: two of a thousand images are the same by chance once in half a billion times.
const digestLength = 12;

/** The image of these files. Its digest is over path, mode and content of each, in the order of their paths. */
export function planImage(
  files: readonly NodeFile[],
  { spec, versions }: Pick<PlanContext, 'spec' | 'versions'>,
): ImagePlan {
  const images = [...new Set([spec.runtime.pauseImage, ...spec.image.images])];
  const lines = files
    .filter(({ phase }) => phase === 'image')
    .map(({ path, mode, content }) => `${path} ${mode.toString(8)} ${sha256(content)}`)
    .toSorted();
  const digest = sha256([...lines, ...images].join('\n')).slice(0, digestLength);
  return { id: [versions.kubernetes, spec.node.os, spec.node.arch, digest].join('-'), images };
}
