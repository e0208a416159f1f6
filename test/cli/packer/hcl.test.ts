import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parse } from '@cdktf/hcl2json';
import { packerText } from '../../../src/io/packer-texts.ts';
import { buildFile, pluginsFile } from '../../../src/render/packer/hcl.ts';
import { imageSources } from '../../../src/render/packer/sources/index.ts';
import { sourceValues } from '../../../src/render/packer/values.ts';

type Blocks = Readonly<Record<string, unknown>>;

const blocksOf = async (path: string, text: string): Promise<Blocks> => (await parse(path, text)) as Blocks;

const keysOf = (block: unknown): string[] => Object.keys(block ?? {}).toSorted();

suite('an HCL parser reads', { concurrency: 2 }, () => {
  for (const source of imageSources) {
    const { kind, builder } = source;
    test(`${kind}: a variable for each property, and one source`, async () => {
      const path = `sources/${kind}.pkr.hcl`;
      const { variable, source: sources, ...rest } = await blocksOf(path, packerText(path));
      assert.deepEqual(rest, {});
      assert.deepEqual(keysOf(sources), [builder]);
      const machine = { os: 'ubuntu-24.04', arch: 'amd64', cloud: 'public' } as const;
      // Those that come from the environment have a default, and are none of the config's.
      const declared = Object.entries(variable as Readonly<Record<string, readonly [Blocks]>>).filter(
        ([, [declaration]]) => declaration['default'] === undefined,
      );
      assert.deepEqual(
        declared.map(([name]) => name).toSorted(),
        sourceValues(source, {}, machine)
          .map(([name]) => name)
          .toSorted(),
      );
    });
  }

  test('the plugins that are used, each from its namespace', async () => {
    const text = pluginsFile(imageSources);
    assert.deepEqual(await blocksOf('plugins.pkr.hcl', text), {
      packer: [
        {
          required_version: '>= 1.7.0',
          required_plugins: [
            {
              qemu: { source: 'github.com/hashicorp/qemu', version: '~> 1.1' },
              azure: { source: 'github.com/hashicorp/azure', version: '~> 2.6' },
              amazon: { source: 'github.com/hashicorp/amazon', version: '~> 1.8' },
              google: { source: 'github.com/hashicorp/googlecompute', version: '~> 1.2' },
              vsphere: { source: 'github.com/vmware/vsphere', version: '~> 2.0' },
              proxmox: { source: 'github.com/hashicorp/proxmox', version: '~> 1.2' },
              hyperv: { source: 'github.com/hashicorp/hyperv', version: '~> 1.1' },
            },
          ],
        },
      ],
    });
  });

  test('the build, with the sources that were chosen and the steps in their order', async () => {
    const two = imageSources.filter(({ kind }) => ['qemu', 'google'].includes(kind));
    const { build } = await blocksOf('build.pkr.hcl', buildFile(packerText('build.pkr.hcl'), two));
    const [{ sources, provisioner }] = build as [{ sources: unknown; provisioner: Blocks }];
    assert.deepEqual(sources, ['source.qemu.flexgen', 'source.googlecompute.flexgen']);
    const inline = (provisioner['shell'] as { inline: string[] }[]).map((step) => step.inline.join());
    assert.deepEqual(
      inline.map((line) => /provision|reboot|verify|clean/.exec(line)?.[0]),
      [undefined, 'provision', 'reboot', 'verify', 'clean'],
    );
  });

  test('the common variables', async () => {
    const path = 'variables.pkr.hcl';
    assert.deepEqual(keysOf(await blocksOf(path, packerText(path))), ['locals', 'variable']);
  });
});
