import type { MachineId, Operator } from '../../azure/index.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { Texts } from '../open-config.ts';
import type { Inspection } from './mode.ts';
import { inspectRole } from './role.ts';
import type { ClusterRole } from './role.ts';

/** A machine of Azure Arc that registers itself at its first boot. */
export interface SelfRegistering {
  readonly operator: Operator;
  readonly id: MachineId;
  readonly role: ClusterRole | null;
  /** What it registers itself with, proven or made. */
  readonly token: () => Promise<Result<Texts>>;
  /** Whether its role is to be taken back. */
  readonly removes: boolean;
}

const notYet = ({ name }: MachineId): Diagnostic => ({
  severity: 'warning',
  code: 'identity/not-yet',
  path: 'auth.onboarding',
  message: `machine ${name} is not in Azure yet, so nothing can be granted to it`,
  hint: 'once it has booted and registered itself: `flexgen identity apply`, then `flexgen cluster apply`',
});

/** Its role can be assigned once it has registered itself; until then there is a warning. */
export async function inspectSelfRegistering({
  operator,
  id,
  role,
  token,
  removes,
}: SelfRegistering): Promise<Result<Inspection>> {
  const { readMachine } = await import('../../azure/index.ts');
  const machine = await readMachine(operator, id);
  if (!machine.ok) return machine;
  const objectId = machine.value?.principalId ?? null;
  const granted = await inspectRole(role, objectId);
  if (!granted.ok) return granted;
  const identify: Inspection['identify'] = async () => {
    const made = await token();
    return made.ok ? ok({ objectId, made: made.value }) : made;
  };
  return ok({ ...granted.value, identify }, objectId === null && !removes ? [notYet(id)] : []);
}
