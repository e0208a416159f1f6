import type { ArmControls, PermissionEntry, ProviderState, Subscription } from './arm-controls.ts';
import { answerArm } from './arm.ts';
import type { ArmState } from './arm.ts';
import type { TokenCheck } from './arm-token.ts';
import type { Cluster } from './azure.ts';
import { clusterRoutes } from './cluster-routes.ts';
import { createCuts } from './cuts.ts';
import type { Answer, ReadRequest } from './http.ts';
import { machineRoutes } from './machine-routes.ts';
import { createMachines } from './machines.ts';
import type { Machines } from './machines.ts';
import { permissionRoutes } from './permission-routes.ts';
import { createRoleStore } from './role-assignments.ts';
import type { RoleControls } from './role-assignments.ts';
import { roleRoutes } from './role-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';

export interface ArmServerParts {
  readonly cluster: Cluster;
  readonly tenantId: string;
  readonly clusterCaPem: string;
  /** Those of the directory that are not of machines. */
  readonly principals: readonly string[];
  origin(): string;
  violate(words: string): void;
}

export interface ArmServer {
  readonly state: ArmState;
  readonly machines: Machines;
  readonly controls: ArmControls;
  readonly roleControls: RoleControls;
  answer(request: ReadRequest, check: TokenCheck): Answer;
}

const namespaces = [
  'Microsoft.ContainerService',
  'Microsoft.HybridCompute',
  'Microsoft.GuestConfiguration',
  'Microsoft.HybridConnectivity',
];

/** ARM with all that it keeps: one subscription, one cluster, machines and role assignments. */
export function createArm(parts: ArmServerParts): ArmServer {
  const { tenantId, clusterCaPem, violate, origin } = parts;
  const state: ArmState = {
    cluster: parts.cluster,
    missing: null,
    subscription: 'visible',
    forbidden: new Set(),
    groups: new Set(),
    providers: new Map(namespaces.map((name): [string, ProviderState] => [name.toLowerCase(), 'Registered'])),
    failures: [],
  };
  let permissions: readonly PermissionEntry[] = [{ actions: ['*'], notActions: [] }];
  let subscription: Subscription = { displayName: 'Edge', state: 'Enabled' };
  const cuts = createCuts();
  const roles = createRoleStore(parts.principals);
  const machines = createMachines(roles.introduce);
  const routes = [
    ...clusterRoutes({
      cluster: () => (state.missing === null ? state.cluster : null),
      tenantId,
      clusterCaPem,
    }),
    ...permissionRoutes(() =>
      permissions.map(({ actions, notActions }) => ({
        actions,
        notActions: [...notActions, ...state.forbidden],
      })),
    ),
    ...roleRoutes({ roles, tenantId, origin, violate }),
    ...machineRoutes({ machines, tenantId, violate }),
    ...subscriptionRoutes({ tenantId, subscription: () => subscription, providers: state.providers }),
  ];
  return {
    state,
    machines,
    roleControls: roles.controls,
    answer: (request, check) => cuts.serve(request, () => answerArm(request, state, { ...check, routes })),
    controls: {
      cutAfter: (method, path, count = 1) => cuts.plan('after', method, path, count),
      cutBefore: (method, path, count = 1) => cuts.plan('before', method, path, count),
      setPermissions: (entries) => {
        permissions = entries;
      },
      setProvider: (namespace, registration) => {
        state.providers.set(namespace.toLowerCase(), registration);
      },
      setSubscription: (changes) => {
        subscription = { ...subscription, ...changes };
      },
      addResourceGroup: (name) => {
        state.groups.add(name.toLowerCase());
      },
    },
  };
}
