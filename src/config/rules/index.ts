import { clusterKind } from './cluster-kind.ts';
import { clusterNetworks } from './cluster-networks.ts';
import { containerdPair } from './containerd-pair.ts';
import { groupCrossing } from './crossing.ts';
import { dualStack, onePerFamily } from './families.ts';
import { hosts } from './hosts.ts';
import { kubeletFieldsOnly } from './kubelet-fields.ts';
import { kubeletKept } from './kubelet-kept.ts';
import { knownVersionsOnly } from './known-versions.ts';
import { labels } from './labels.ts';
import { maxPods } from './max-pods.ts';
import { nodeNetworks } from './node-networks.ts';
import { registries } from './registries.ts';
import type { FactRule, Rule } from './rule.ts';
import { scalingGroup } from './scaling-group.ts';
import { signInProof } from './sign-in.ts';
import { skew } from './skew.ts';
import { taints } from './taints.ts';

/** The rules of the config alone. */
export const rules: readonly Rule[] = [
  clusterKind,
  labels,
  taints,
  maxPods,
  nodeNetworks,
  onePerFamily,
  hosts,
  scalingGroup,
  groupCrossing,
  knownVersionsOnly,
  kubeletKept,
  signInProof,
  registries,
];

/** The rules that need to know the cluster. */
export const factRules: readonly FactRule[] = [
  skew,
  containerdPair,
  kubeletFieldsOnly,
  clusterNetworks,
  dualStack,
];
