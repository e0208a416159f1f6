import { createHash } from 'node:crypto';

/** One thing that a bill of materials lists, by CycloneDX's own names. */
export interface BomComponent {
  readonly 'type': 'application' | 'container' | 'file' | 'library' | 'operating-system' | 'platform';
  readonly 'bom-ref': string;
  readonly 'name': string;
  readonly 'version'?: string;
  readonly 'description'?: string;
  readonly 'hashes'?: readonly { readonly alg: 'SHA-256' | 'SHA-512'; readonly content: string }[];
  readonly 'licenses'?: readonly (
    { readonly license: { readonly id: string } } | { readonly expression: string }
  )[];
  readonly 'cpe'?: string;
  readonly 'purl'?: string;
  readonly 'externalReferences'?: readonly {
    readonly type: 'distribution' | 'vcs' | 'website';
    readonly url: string;
    readonly comment?: string;
  }[];
  readonly 'properties'?: readonly { readonly name: string; readonly value: string }[];
}

/** What a bill of materials is of, and what is in it. */
export interface Materials {
  readonly subject: BomComponent;
  readonly components: readonly BomComponent[];
  /** What is in it brings others along, which are not listed. */
  readonly incomplete?: boolean;
  /** Who writes it. */
  readonly tool: { readonly name: string; readonly version: string };
}

/** The same bill has the same number: RFC 9562's form for a number of one's own making. */
function serialNumber(content: object): string {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

/** A CycloneDX 1.6 document without a clock and without chance: the same materials, the same bytes. */
export function cycloneDx({ subject, components, incomplete = false, tool }: Materials): object {
  const content = {
    metadata: {
      tools: { components: [{ type: 'application', ...tool }] },
      component: subject,
    },
    components,
    dependencies: [{ ref: subject['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) }],
    compositions: [{ aggregate: incomplete ? 'incomplete' : 'complete', assemblies: [subject['bom-ref']] }],
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialNumber(content),
    version: 1,
    ...content,
  };
}
