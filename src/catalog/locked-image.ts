import { architectures } from './component.ts';
import { parseImageRef } from './image-ref.ts';
import { readObject } from './json-object.ts';
import type { ReportAt } from './json-object.ts';
import type { JsonNode } from './json-tree.ts';
import type { LockedImage } from './lock.ts';
import { fieldReader, isComplete, oneOf, sha256, where } from './locked-field.ts';

const keys = { required: ['image', 'arch', 'digest', 'sha256'], optional: [] };
const image = where(
  (text) => parseImageRef(text) !== undefined,
  'a full image name like registry.k8s.io/pause:3.10',
);
const arch = oneOf(architectures);
const digest = where((text) => /^sha256:[0-9a-f]{64}$/.test(text), 'sha256: and 64 lower-case hex digits');

/** One entry of the lock's list of images, or undefined when a part of it is wrong, which is then reported. */
export function readLockedImage(node: JsonNode, path: string, report: ReportAt): LockedImage | undefined {
  const read = fieldReader(readObject(node, path, keys, report), path, report);
  const parts = {
    image: read('image', image),
    arch: read('arch', arch),
    digest: read('digest', digest),
    sha256: read('sha256', sha256),
  };
  return isComplete<LockedImage>(parts) ? parts : undefined;
}
