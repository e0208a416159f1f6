import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startMirror } from '../services/mirror.ts';
import type { Site } from '../site.ts';

/** A site for one machine alone; disposing of it leaves the shared one as it is. */
export interface CellSite extends AsyncDisposable {
  readonly site: Site;
}

/** The shared site, with a mirror of its own, so that a fault of it is no other machine's. */
export async function cellSite(shared: Site, dir: string): Promise<CellSite> {
  await mkdir(dir, { recursive: true });
  const roots = [shared.artifacts.dir, shared.agent.root];
  const mirror = await startMirror({ roots, dir: join(dir, 'mirror') });
  return { site: { ...shared, mirror }, [Symbol.asyncDispose]: () => mirror.stop() };
}
