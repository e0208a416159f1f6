import type { ArcAgent } from './arc-agent.ts';
import type { ArcOnboarding } from './arc-onboarding.ts';
import type { EntraIdentity } from './entra-identity.ts';

export interface Arc extends EntraIdentity {
  readonly mode: 'arc';
  /** Where the machine is in Azure, as far as the config says it; see `arcMachine` for what then holds. */
  readonly subscriptionId: string | null;
  readonly resourceGroup: string | null;
  readonly location: string | null;
  readonly tenantId: string | null;
  readonly machineName: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly onboarding: ArcOnboarding;
  readonly agent: ArcAgent;
}
