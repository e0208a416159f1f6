import type { Scenario } from '../scenario.ts';
import { arcElsewhere, arcPackage, arcTaken, himdsDown, strangeKey } from './arc.ts';
import { cleanImage, cutBake, smallDisk, unconnectedImage } from './bake.ts';
import {
  brokenBuildMachine,
  changedOnTheWay,
  missingImage,
  missingPackage,
  otherMachineBake,
  otherSystemBake,
} from './bake-faults.ts';
import { bareBoot } from './bare-boot.ts';
import { bridgeNodes } from './bridge.ts';
import { edgeScenarios } from './edge.ts';
import { envelopeScenarios } from './envelopes.ts';
import { externalNodes } from './external.ts';
import {
  aptPath,
  corruptedArtifact,
  expiredToken,
  noNetworkPlugin,
  wrongSecret,
  wrongSystem,
} from './faults.ts';
import {
  goldenArc,
  goldenBootstrapToken,
  goldenManagedIdentity,
  goldenPowerCut,
  goldenServicePrincipal,
  stockOnGolden,
} from './golden.ts';
import { goldenOnStock, otherImage, repairedImage } from './golden-mismatch.ts';
import { goldenLife, goldenPair } from './golden-pair.ts';
import {
  arcJoin,
  certificateJoin,
  federatedJoin,
  managedIdentityJoin,
  mintedTokenJoin,
  userAssignedJoin,
} from './identities.ts';
import { bootstrapTokenJoin, servicePrincipalJoin } from './join.ts';
import { hardened } from './hardened.ts';
import { outlives } from './outlives.ts';
import { powerCutDuringArtifacts, powerCutDuringKubelet } from './power-cut.ts';
import { nvidiaScenarios } from './nvidia.ts';
import { proxyScenarios } from './proxies.ts';
import { goldenReset, resetToBefore } from './reset.ts';
import { registryScenarios } from './registries.ts';
import { renewal } from './renewal.ts';
import { validUserData } from './schema.ts';
import { secretScenarios } from './secrets.ts';
import { supplyScenarios } from './supply.ts';
import { credentialAlways, oneForAll, settled } from './variants.ts';
import { leaveScenarios } from './leave.ts';
import { rotateScenarios } from './rotate.ts';
import { waitScenarios } from './wait.ts';

/** Everything the rig plays, the telling ones first. */
export const scenarios: readonly Scenario[] = [
  validUserData,
  bootstrapTokenJoin,
  servicePrincipalJoin,
  mintedTokenJoin,
  certificateJoin,
  federatedJoin,
  managedIdentityJoin,
  userAssignedJoin,
  arcJoin,
  oneForAll,
  settled,
  credentialAlways,
  outlives,
  renewal,
  aptPath,
  wrongSystem,
  corruptedArtifact,
  wrongSecret,
  expiredToken,
  arcPackage,
  strangeKey,
  himdsDown,
  arcTaken,
  arcElsewhere,
  noNetworkPlugin,
  goldenBootstrapToken,
  goldenServicePrincipal,
  goldenManagedIdentity,
  goldenArc,
  stockOnGolden,
  goldenPowerCut,
  goldenOnStock,
  otherImage,
  repairedImage,
  goldenLife,
  goldenPair,
  powerCutDuringArtifacts,
  powerCutDuringKubelet,
  hardened,
  otherSystemBake,
  otherMachineBake,
  brokenBuildMachine,
  changedOnTheWay,
  missingPackage,
  missingImage,
  unconnectedImage,
  cleanImage,
  cutBake,
  smallDisk,
  ...waitScenarios,
  ...leaveScenarios,
  ...rotateScenarios,
  ...edgeScenarios,
  ...envelopeScenarios,
  ...supplyScenarios,
  ...proxyScenarios,
  ...registryScenarios,
  ...secretScenarios,
  ...nvidiaScenarios,
  resetToBefore,
  goldenReset,
  bridgeNodes,
  externalNodes,
  bareBoot,
];

/** What the benchmark's tables of boots are made of. */
const boots: ReadonlySet<Scenario> = new Set([bareBoot, bootstrapTokenJoin, goldenLife]);

/** What CI plays, which has no time for all: between them they touch each part of a node's life once. */
const core: ReadonlySet<Scenario> = new Set([
  validUserData,
  bootstrapTokenJoin,
  certificateJoin,
  userAssignedJoin,
  arcJoin,
  oneForAll,
  credentialAlways,
  renewal,
  aptPath,
  corruptedArtifact,
  goldenBootstrapToken,
  otherImage,
  changedOnTheWay,
  ...waitScenarios.slice(0, 1),
  ...leaveScenarios.slice(0, 1),
  ...rotateScenarios.slice(0, 1),
  ...supplyScenarios.slice(0, 1),
  ...proxyScenarios.slice(0, 1),
  ...secretScenarios,
  resetToBefore,
  goldenReset,
  externalNodes,
]);

/** Lists of scenarios, by the option that plays them alone. */
export const lists: ReadonlyMap<string, ReadonlySet<Scenario>> = new Map([
  ['--core', core],
  ['--boots', boots],
]);
