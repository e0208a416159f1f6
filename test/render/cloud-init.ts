import { existsSync } from 'node:fs';
import { execute, root } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';

const fetched = `${root}/.cache/cloud-init/root/usr/lib/python3/dist-packages`;

/** What a test lacks where `python` below gives undefined. */
export const missing = 'cloud-init (test/render/fetch-cloud-init.sh)';

/**
 * Runs Python with cloud-init's own modules, those of the machine or as fetch-cloud-init.sh has fetched them; undefined where there
 * are none.
 */
export async function python(args: readonly string[], stdin = ''): Promise<Outcome | undefined> {
  const installed = existsSync('/usr/bin/cloud-init');
  if (!installed && !existsSync(fetched)) return undefined;
  const env = { PYTHONDONTWRITEBYTECODE: '1', ...(installed ? {} : { PYTHONPATH: fetched }) };
  return await execute('/usr/bin/python3', args, { env, stdin });
}
