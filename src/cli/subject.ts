import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Auth } from '../node/auth/index.ts';

/** The object id of the identity that nodes join with; null where it is not known, or the mode has none. */
export async function subjectOf(auth: Auth): Promise<Result<string | null>> {
  return ok('objectId' in auth ? auth.objectId : null);
}
