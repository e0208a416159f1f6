import { architectures } from '../../catalog/index.ts';
import type { Review } from '../review/review.ts';
import type { BomComponent } from './cyclonedx.ts';
import { knownComponent } from './known.ts';
import { packageUrl } from './purl.ts';

/** `…/v1.36.4/…`, else what in the file's name looks like a version. */
const versionIn = (url: string): string | undefined =>
  /\/v(\d+\.\d+\.\d+[\w.+-]*)\//.exec(url)?.[1] ??
  /(?:^|[-_v])(\d+(?:\.\d+)+)/.exec(url.slice(url.lastIndexOf('/') + 1))?.[1];

/** What is at this address, and where this machine gets it from, if that is elsewhere. */
function references(url: string, digest: string, downloads: Review['downloads'], repository: string | null) {
  const asked = downloads.find((one) => one.digest === digest)?.url ?? url;
  return [
    { type: 'distribution' as const, url },
    ...(asked === url
      ? []
      : [{ type: 'distribution' as const, url: asked, comment: 'the mirror that the machine asks' }]),
    ...(repository === null ? [] : [{ type: 'vcs' as const, url: repository }]),
  ];
}

/** Each row of artifacts.tsv, for each architecture that it has a digest for. */
export function artifactComponents(list: string, downloads: Review['downloads']): readonly BomComponent[] {
  return list.split('\n').flatMap((row) => {
    const [when = '', name = '', address = '', ...digests] = row.split('\t');
    if (address === '') return [];
    const known = knownComponent(name);
    return architectures.flatMap((arch, index): readonly BomComponent[] => {
      const content = digests[index] ?? '-';
      if (content === '-') return [];
      const url = `https://${address.replaceAll('@', arch)}`;
      const version = versionIn(url);
      const purl = packageUrl({
        type: 'generic',
        name,
        version,
        qualifiers: { arch, checksum: `sha256:${content}`, download_url: url },
      });
      return [
        {
          'type': name.endsWith('.tar') ? 'container' : 'application',
          'bom-ref': purl,
          name,
          ...(version === undefined ? {} : { version }),
          'hashes': [{ alg: 'SHA-256', content }],
          ...(known?.license == null ? {} : { licenses: [{ license: { id: known.license } }] }),
          ...(known?.cpe == null || version === undefined
            ? {}
            : { cpe: `cpe:2.3:a:${known.cpe}:${version}:*:*:*:*:*:*:*` }),
          purl,
          'externalReferences': references(url, `sha256:${content}`, downloads, known?.repository ?? null),
          'properties': [
            { name: 'flexgen:arch', value: arch },
            {
              name: 'flexgen:installed',
              value: when === 'join' ? 'before the node is Ready' : 'once it is Ready',
            },
          ],
        },
      ];
    });
  });
}
