import type { BomComponent } from './cyclonedx.ts';
import { packageUrl } from './purl.ts';
import { setting } from './setting.ts';

/** A distribution and its release. */
export interface Os {
  readonly name: string;
  readonly version: string;
}

/** What the machine must be made from. */
export const osComponent = ({ name, version }: Os): BomComponent => ({
  'type': 'operating-system',
  'bom-ref': `os:${name}-${version}`,
  name,
  version,
});

function aptComponent(
  { name: distribution, version: release }: Os,
  name: string,
  from: string,
): BomComponent {
  const purl = packageUrl({
    type: 'deb',
    namespace: distribution,
    name,
    qualifiers: { distro: `${distribution}-${release}` },
  });
  return {
    'type': 'library',
    'bom-ref': purl,
    name,
    purl,
    'properties': [
      { name: 'flexgen:source', value: from },
      { name: 'flexgen:verified-by', value: 'apt, by the repository’s signature' },
    ],
  };
}

/** Packages that apt installs at the first boot, in the version that it has then. */
export function aptComponents(os: Os, env: string): readonly BomComponent[] {
  const packages = (setting(env, 'PACKAGES') ?? '').split(' ').filter((name) => name !== '');
  const agent = setting(env, 'AGENT_REPO');
  return [
    ...packages.map((name) => aptComponent(os, name, 'the machine’s own apt sources')),
    ...(agent === undefined ? [] : [aptComponent(os, 'azcmagent', agent)]),
  ];
}
