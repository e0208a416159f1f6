/** As the package URL specification has it: a colon stays, what else has a meaning there does not. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':');

interface PackageUrl {
  readonly type: 'deb' | 'generic' | 'npm' | 'oci';
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string | undefined;
  /** Those without a value are left out. */
  readonly qualifiers?: Readonly<Record<string, string | undefined>>;
}

/** The name of a package that scanners and registries of vulnerabilities know it by: `pkg:npm/yaml@2.9.1`. */
export function packageUrl({ type, namespace, name, version, qualifiers = {} }: PackageUrl): string {
  const path = [namespace, name].flatMap((part) => (part === undefined ? [] : [encoded(part)])).join('/');
  const query = Object.entries(qualifiers)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encoded(value)}`]))
    .toSorted()
    .join('&');
  return `pkg:${type}/${path}${version === undefined ? '' : `@${encoded(version)}`}${query === '' ? '' : `?${query}`}`;
}
