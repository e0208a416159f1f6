import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRig } from '../run.ts';
import { sampleFiles } from '../sample.ts';

/** An input that must be refused, and what flexgen says about it, to the letter. */
export interface Refusal {
  readonly name: string;
  readonly config: string | Uint8Array;
  /** Beside the sample's own files, or instead of them. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly stderr: string;
  /** Values that may be shown nowhere. */
  readonly secrets?: readonly string[];
}

const before = 'what was there before\n';

/**
 * Each refusal is a test: exit code 3, these words, nothing on standard output, and no file written or changed. The first
 * is tried with `--out` as well.
 */
export function refuses(title: string, refusals: readonly Refusal[]): void {
  suite(title, { concurrency: 2 }, () => {
    for (const [index, refusal] of refusals.entries()) {
      const { name, config, files, env = {}, stderr, secrets = [] } = refusal;
      test(name, async (t) => {
        const rig = createRig(t, {
          ...sampleFiles,
          ...files,
          'flexgen.yaml': config,
          'user-data.yaml': before,
        });
        const there = rig.files();
        const printed = await rig.flexgen(['cloud-init'], { env });
        assert.deepEqual(printed, { exitCode: 3, stdout: '', stderr });
        for (const secret of secrets) assert.ok(!printed.stderr.includes(secret), 'shows the secret');
        if (index === 0) {
          assert.deepEqual(await rig.flexgen(['cloud-init', '--out', 'user-data.yaml'], { env }), printed);
        }
        assert.deepEqual(rig.files(), there);
      });
    }
  });
}
