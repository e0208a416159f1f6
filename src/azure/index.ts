/**
 * Reads and changes what is in Azure. Costs the start of two SDKs: import it when Azure is asked, and not before. Those for
 * machines and roles are loaded when one of their functions is called.
 */
export { accessOf } from './access.ts';
export type { Access, Principal } from './access.ts';
export { clusterFacts } from './cluster-facts.ts';
export type { AzureCluster } from './cluster-facts.ts';
export type { Grant } from './grant.ts';
export { identityOf } from './identity.ts';
export { deleteMachine, putMachine, readMachine } from './machine.ts';
export type { Machine } from './machine.ts';
export type { MachineId } from './machine-id.ts';
export { operatorOf } from './operator.ts';
export type { Operator } from './operator.ts';
export { permitted } from './permissions.ts';
export { provePrincipal } from './principal.ts';
export { createAssignment, deleteAssignment, machineAssignments, readAssignment } from './roles.ts';
export type { Assignment } from './roles.ts';
export { providerStates, readSubscription } from './subscription.ts';
