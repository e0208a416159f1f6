import { components, knownVersions } from '../../catalog/index.ts';
import type { Component } from '../../catalog/index.ts';
import { isMap } from '../../config/data.ts';
import { loadSpec } from '../../config/index.ts';
import { parsePath } from '../../config/path.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { definitions } from '../definitions.ts';
import { migrateCluster } from './cluster.ts';
import { Draft } from './draft.ts';
import type { Migrated } from './draft.ts';
import { fields, isOfJuly, newerNames } from './fields.ts';
import type { Fate } from './fields.ts';
import { migrateIdentity } from './identity.ts';
import { readFields } from './read.ts';
import type { Leaf } from './read.ts';
import { migratedText } from './text.ts';

/** A config of AKSFlexNode as one of flexgen's. */
export interface Migration {
  readonly shape: 'February 2026' | 'July 2026';
  readonly config: string;
  readonly fields: readonly Migrated[];
  readonly secrets: Draft['secrets'];
}

const componentOf: Readonly<Record<string, Component>> = {
  kubernetes: 'kubelet',
  cniPlugins: 'cni-plugins',
  nodeProblemDetector: 'node-problem-detector',
};

const kinds = {
  text: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  map: isMap,
  list: (value: unknown) => Array.isArray(value),
} as const;

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === '' ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

function version(draft: Draft, path: string, key: string): void {
  const text = draft.text(path);
  if (text === undefined) return draft.drop(path, 'empty');
  const plain = text.replace(/^v/, '');
  const component = componentOf[key] ?? components.find((one) => one === key) ?? 'kubelet';
  if (knownVersions(component).includes(plain)) return draft.take(path, `versions.${key}`, plain);
  if (key === 'nodeProblemDetector')
    return draft.drop(
      path,
      'it is off, as flexgen has no digest of it: `components: {nodeProblemDetector: on}` and `flexgen lock` bring it',
    );
  const instead = key === 'kubernetes' ? 'the cluster’s own is taken' : 'the default is taken';
  draft.drop(
    path,
    `flexgen has no digest of ${component} ${plain}, so ${instead}; \`versions.${key}\` and \`flexgen lock\` keep it`,
  );
}

function settle(draft: Draft, { path, value, location }: Leaf, fate: Fate): void {
  if ('dropped' in fate) return draft.drop(path, fate.dropped);
  if ('version' in fate) return version(draft, path, fate.version);
  if ('part' in fate) return;
  if (path === 'node.kubelet.evictionHard' && isEmpty(value))
    return draft.drop(
      path,
      'it was empty, which switched hard eviction off; kubelet’s own limits hold again',
    );
  if (isEmpty(value)) return draft.drop(path, 'empty');
  if (kinds[fate.is](value)) return draft.take(path, fate.to, value, fate.why ?? null);
  draft.refuse(`${path} must be a ${fate.is}`, 'AKSFlexNode would not start with it either', location);
}

function settleRest(draft: Draft): void {
  for (const leaf of draft.unsettled()) {
    const { path } = leaf;
    const fate = fields[path];
    const newer = newerNames[path];
    if (newer !== undefined && draft.has(newer)) draft.drop(path, `\`${newer}\` counts`);
    else if (fate !== undefined) settle(draft, leaf, fate);
    if (fate !== undefined) continue;
    const meant = suggest(path, Object.keys(fields));
    draft.drop(
      path,
      `AKSFlexNode knows no such field, and ignored it${meant === undefined ? '' : `: was \`${meant}\` meant?`}`,
    );
  }
}

/** Takes back what flexgen would not accept, as often as something else comes to light then. */
function withoutRefused(draft: Draft, head: readonly string[]): Result<string> {
  for (;;) {
    const text = migratedText(draft, head);
    const loaded = loadSpec(text, 'flexgen.yaml', definitions);
    if (loaded.ok) return ok(text, loaded.warnings);
    // One at a time: what is taken out of a list moves those behind it.
    const taken = loaded.errors.some(({ path = '', message, hint }) =>
      draft.takeBack(parsePath(path), hint === undefined ? message : `${message}; ${hint}`),
    );
    if (!taken) return loaded;
  }
}

/** Reads a config of AKSFlexNode of either shape. `file` is what messages and the new config call it. */
export function migrate(text: string, file: string): Result<Migration> {
  const leaves = readFields(text, file);
  if (!leaves.ok) return leaves;
  const draft = new Draft(leaves.value);
  const shape = leaves.value.some(({ path }) => isOfJuly(path)) ? 'July 2026' : 'February 2026';
  migrateIdentity(draft);
  migrateCluster(draft);
  settleRest(draft);
  if (draft.problems.length > 0) return { ok: false, errors: draft.problems };
  const config = withoutRefused(draft, [`From AKSFlexNode’s config of ${shape}.`]);
  if (!config.ok) return config;
  return ok({ shape, config: config.value, fields: draft.fates(), secrets: draft.secrets });
}
