/** What a part is to the machine that reads it. */
export type PartKind =
  | 'cloud-config'
  | 'cloud-config-archive'
  | 'cloud-config-jsonp'
  | 'script'
  | 'boothook'
  | 'include'
  | 'part-handler'
  | 'upstart-job'
  | 'jinja'
  | 'meta-data'
  | 'network-config'
  | 'vendor-data'
  | 'foreign'
  | 'ignored';

/** How cloud-init knows a part by its first characters; the longest comes first. */
const prefixes = [
  ['## template: jinja', 'jinja'],
  ['#cloud-config-archive', 'cloud-config-archive'],
  ['#cloud-config-jsonp', 'cloud-config-jsonp'],
  ['#cloud-config', 'cloud-config'],
  ['#cloud-boothook', 'boothook'],
  ['#include-once', 'include'],
  ['#include', 'include'],
  ['#part-handler', 'part-handler'],
  ['#upstart-job', 'upstart-job'],
  ['#!', 'script'],
] as const satisfies readonly (readonly [string, PartKind])[];

/** The same by its type in a MIME message. */
const types: Readonly<Record<string, PartKind>> = {
  'text/jinja2': 'jinja',
  'text/cloud-config': 'cloud-config',
  'text/cloud-config-archive': 'cloud-config-archive',
  'text/cloud-config-jsonp': 'cloud-config-jsonp',
  'text/cloud-boothook': 'boothook',
  'text/x-include-url': 'include',
  'text/x-include-once-url': 'include',
  'text/x-flexgen-include': 'include',
  'text/part-handler': 'part-handler',
  'text/upstart-job': 'upstart-job',
  'text/x-shellscript': 'script',
  'text/x-shellscript-per-boot': 'script',
  'text/x-shellscript-per-instance': 'script',
  'text/x-shellscript-per-once': 'script',
};

/** Types that say nothing, so that cloud-init looks at the text. */
const looked = new Set(['', 'text/plain', 'text/x-not-multipart', 'application/octet-stream']);

/** What other machines' payloads begin with, and who reads them. */
const foreigners = [
  [/^\s*\{\s*"ignition"\s*:/, 'Ignition (Fedora CoreOS, Flatcar)'],
  [/^variant:\s*(fcos|flatcar|openshift|r4e)\b/m, 'Butane, which becomes Ignition'],
  [/^#ps1|^<powershell>|^rem cmd/i, 'Windows (cloudbase-init)'],
  [/^\[settings[.\]]/m, 'Bottlerocket'],
  [/^#?\s*(machine|version: v1alpha1)\b[^]*^machine:/m, 'Talos'],
  [/^(---\s*\n)?(apiVersion|kind):\s/m, 'Kubernetes'],
  [/^\s*\{[^]*"(apiVersion|kind)"\s*:/, 'Kubernetes'],
] as const satisfies readonly (readonly [RegExp, string])[];

export function kindOfText(text: string): PartKind | undefined {
  const lead = text.trimStart().slice(0, 64).toLowerCase();
  return prefixes.find(([prefix]) => lead.startsWith(prefix))?.[1];
}

/** The kind of a part of this type; undefined for a type that nobody reads. */
export function kindOfType(type: string, text: string): PartKind | undefined {
  return types[type] ?? (looked.has(type) ? kindOfText(text) : undefined);
}

/** Whose payload it is where it is none of cloud-init's. */
export const foreignerOf = (text: string): string | undefined =>
  foreigners.find(([pattern]) => pattern.test(text.slice(0, 4096)))?.[1];
