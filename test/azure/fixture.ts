import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Azure, AzureOptions } from './server/azure.ts';
import { startAzure } from './server/start.ts';

/** A local Azure for one test, which fails if a violation is left over at its end. */
export async function azureFor(t: TestContext, options: AzureOptions = {}): Promise<Azure> {
  const azure = await startAzure(options);
  t.after(async () => {
    await azure.stop();
    assert.deepEqual(azure.violations, []);
  });
  return azure;
}
