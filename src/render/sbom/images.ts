import { parseImageRef } from '../../catalog/index.ts';
import type { BomComponent } from './cyclonedx.ts';
import { packageUrl } from './purl.ts';

/** A container image by its full name; where that has no digest, none is known. */
export function imageComponent(image: string): BomComponent {
  const ref = parseImageRef(image);
  if (ref === undefined) return { 'type': 'container', 'bom-ref': image, 'name': image };
  const { host, repository, reference } = ref;
  const digest = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
  const tag = /:([\w][\w.-]*)(?:@.*)?$/.exec(image)?.[1];
  const name = `${host}/${repository}`;
  const purl = packageUrl({
    type: 'oci',
    name: repository.split('/').at(-1) ?? repository,
    version: digest,
    qualifiers: { repository_url: name, tag },
  });
  return { 'type': 'container', 'bom-ref': purl, name, 'version': digest ?? reference, purl };
}
