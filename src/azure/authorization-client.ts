import { AuthorizationManagementClient } from '@azure/arm-authorization';
import type { ArmSettings } from './arm-call.ts';

/** A client for role assignments and permissions. Import this file when one is asked for: it loads an SDK. */
export function authorizationClient(
  { credential, options }: ArmSettings,
  subscriptionId: string,
): AuthorizationManagementClient {
  return new AuthorizationManagementClient(credential, subscriptionId, options);
}
