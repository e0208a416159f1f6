import { cycloneDx } from '../render/sbom/cyclonedx.ts';
import { packageUrl } from '../render/sbom/purl.ts';
import type { BundledPackage } from './bundled.ts';

/** Who flexgen's own is, as its package.json says it. */
export interface Product {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

/** The licences of what is in the bundle, each text once, with the packages that it is of. */
export function thirdPartyNotices(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, license, notices } of packages) {
    const text = notices.length === 0 ? `Licensed as ${license}.` : notices.join('\n\n');
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const entries = Array.from(byText, ([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  const rule = `\n${'-'.repeat(72)}\n\n`;
  return [
    'flexgen contains code of the packages below. Their licences want their texts to come along.\n',
    ...entries,
  ].join(rule);
}

const npmUrl = ({ name, version }: { readonly name: string; readonly version: string }): string => {
  const [scope, own] = name.startsWith('@') ? name.split('/') : [undefined, name];
  return packageUrl({
    type: 'npm',
    ...(scope === undefined ? {} : { namespace: scope }),
    name: own ?? name,
    version,
  });
};

const licensed = (license: string) =>
  /^[\w.-]+$/.test(license) ? [{ license: { id: license } }] : [{ expression: license }];

/** The bill of materials of the program as it ships. */
export function bundleMaterials(product: Product, packages: readonly BundledPackage[]): object {
  const { name, version, description, license } = product;
  const purl = npmUrl(product);
  return cycloneDx({
    tool: { name, version },
    subject: {
      'type': 'application',
      'bom-ref': purl,
      name,
      version,
      description,
      'licenses': licensed(license),
      purl,
    },
    components: packages.map((one) => ({
      'type': 'library',
      'bom-ref': npmUrl(one),
      'name': one.name,
      'version': one.version,
      'hashes': [{ alg: 'SHA-512', content: one.sha512 }],
      'licenses': licensed(one.license),
      'purl': npmUrl(one),
      ...(one.homepage === undefined
        ? {}
        : { externalReferences: [{ type: 'website' as const, url: one.homepage }] }),
    })),
  });
}
