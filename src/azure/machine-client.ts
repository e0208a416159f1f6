import { HybridComputeManagementClient } from '@azure/arm-hybridcompute';
import type { ArmSettings } from './arm-call.ts';

/** The first version in which a machine can be made beforehand. */
const version = '2025-01-13';

type Policy = ArmSettings['options']['additionalPolicies'][number]['policy'];

/** The SDK asks in a version of 2021, and can't be told another: what is written is read in the same version. */
const inVersion: Policy = {
  name: 'flexgenApiVersion',
  sendRequest: async (request, next) => {
    const url = new URL(request.url);
    url.searchParams.set('api-version', version);
    request.url = url.href;
    return next(request);
  },
};

/** A client for machines. Import this file when one is asked for: it loads an SDK. */
export function machineClient(
  { credential, options }: ArmSettings,
  subscriptionId: string,
): HybridComputeManagementClient {
  const policies = [...options.additionalPolicies, { policy: inVersion, position: 'perCall' as const }];
  return new HybridComputeManagementClient(credential, subscriptionId, {
    ...options,
    additionalPolicies: policies,
  });
}
