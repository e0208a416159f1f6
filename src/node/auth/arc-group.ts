import type { ReadContext } from '../../config/mode.ts';
import type { ArcOnboarding } from './arc-onboarding.ts';
import { isForGroup } from './scaling-group.ts';

const code = 'auth/scaling-group';

/** Of one machine alone, with what to do where there are many. */
const singular = {
  machineName: {
    message: 'every machine of a scaling group would register itself by this name',
    hint: 'leave it out: each takes its own host name',
  },
  objectId: {
    message: 'each machine of a scaling group has an identity, with an object id, of its own',
    hint: 'leave it out: each is known once it has registered itself',
  },
} as const;

/** Reports what can't be so for machines that have one payload: each is to be a machine of its own in Azure. */
export function checkGroup({ kind }: ArcOnboarding, context: ReadContext): void {
  if (!isForGroup(context)) return;
  for (const [key, problem] of Object.entries(singular))
    if (context.written(`auth.${key}`))
      context.report(`auth.${key}`, { severity: 'error', code, ...problem });
  const place = context.written('auth.onboarding') ? 'auth.onboarding' : 'auth.mode';
  if (kind === 'preregistered') {
    const message = 'machines of a scaling group can’t be registered before they boot: nobody knows them yet';
    const hint =
      'use `onboarding: service-principal`, with which each registers itself; for one machine write its name in `node.name`';
    context.report(place, { severity: 'error', code, message, hint });
  }
  if (kind === 'access-token') {
    const message =
      'the token lives for about an hour: machines that the scaling group makes later than that can’t register themselves';
    const hint = 'use `onboarding: service-principal`';
    context.report(place, { severity: 'warning', code, message, hint });
  }
}
