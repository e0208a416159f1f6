import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { tokenOf } from '../../kubernetes/tokens.ts';
import { isWrite, lineOf } from '../action.ts';
import { perform } from '../cluster/perform.ts';
import { changeText } from '../cluster/report.ts';
import type { Texts } from '../open-config.ts';
import { applyIdentity } from './perform.ts';
import type { Looked } from './setup-look.ts';

type Line = (text: string) => Promise<void>;

/** What would have to be done, line by line, as `identity plan` and `cluster plan` say it. */
export async function showSetup({ identity, changes, expected, now }: Looked, line: Line): Promise<void> {
  for (const item of identity.items) await line(lineOf(item));
  for (const change of [...expected, ...changes]) await line(changeText(change, { now, planned: true }));
}

/** How many things would have to be done. */
export const writesOf = ({ identity, changes, expected }: Looked): number =>
  [...identity.items, ...expected, ...changes].filter(isWrite).length;

/**
 * Makes what the payload depends on: the identity, then its roles and what the cluster grants it, side by side. Each thing
 * that is made is a line. Returns the texts of what was minted. Throws ClusterRefused.
 */
export async function setUp(looked: Looked, line: Line): Promise<Result<Texts>> {
  const { identity, session, now } = looked;
  const known = identity.objectId;
  const identified = await applyIdentity(
    identity,
    (item) => line(lineOf(item)),
    async (objectId) => {
      const changes = objectId === known ? ok(looked.changes) : await looked.changesFor(objectId);
      if (!changes.ok) return changes;
      await perform(changes.value, session, async (change) => {
        if (isWrite(change)) await line(changeText(change, { now, planned: false }));
      });
      const token = tokenOf(changes.value);
      return ok(new Map(token === null ? [] : [['auth.token', token]]), changes.warnings);
    },
  );
  if (!identified.ok) return identified;
  const { made, beside } = identified.value;
  return ok(new Map([...made, ...beside]), identified.warnings);
}
