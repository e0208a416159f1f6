import { clouds } from '../config/clouds.ts';
import type { CloudName } from '../config/clouds.ts';
import type { AzureSpec } from '../config/spec.ts';

/** A service principal with what it proves itself with, read. */
export interface Principal {
  readonly clientId: string;
  readonly tenantId: string;
  readonly proof:
    | { readonly kind: 'secret'; readonly secret: string }
    /** Certificate and private key, both PEM. */
    | { readonly kind: 'certificate'; readonly pem: string; readonly password?: string }
    | { readonly kind: 'federated'; readonly token: string };
}

/** Who asks, in one way that no other stands in for; `command-lines` alone tries `az`, then `azd`. */
export type Identity =
  | { readonly kind: 'command-lines' | 'cli' | 'azd' }
  | { readonly kind: 'managed-identity'; readonly clientId?: string }
  | { readonly kind: 'service-principal'; readonly principal: Principal };

/** Everything that a call to Azure needs to know. URLs have no slash at their end. */
export interface Access {
  readonly cloud: CloudName;
  readonly resourceManager: string;
  readonly authority: string;
  /** Of tokens for Resource Manager: `<audience>/.default`. */
  readonly scope: string;
  /** PEM of a private authority, trusted beside those that Node.js knows. */
  readonly ca: string | null;
  /** For `az` and `azd`; null = the tenant of the cluster's subscription. */
  readonly tenantId: string | null;
  readonly identity: Identity;
}

/** Where Azure is, for a config's `azure` section, and who asks. `cloud` wins over the config's. */
export function accessOf(
  spec: AzureSpec,
  parts: { readonly cloud: CloudName; readonly identity: Identity; readonly ca: string | null },
): Access {
  const { endpoints, tenantId } = spec;
  const own = clouds[parts.cloud];
  return {
    ...parts,
    tenantId,
    resourceManager: endpoints.resourceManager ?? own.resourceManager,
    authority: endpoints.authority ?? own.authority,
    // The audience is the cloud's own even behind a private endpoint.
    scope: `${endpoints.audience ?? own.resourceManager}/.default`,
  };
}
