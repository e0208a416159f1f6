import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { root } from '../../cli/run.ts';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const id = '1.36.4-ubuntu-24.04-amd64-0123456789ab';

/** A machine from an image of this id; with null from none, or from one whose bake was cut off. */
function machineOf(t: TestContext, image: string | null, baked: boolean): Machine {
  const machine = createMachine(t);
  if (baked)
    machine.write(
      '/usr/local/lib/flexgen/modes-golden.sh',
      readFileSync(`${root}/packer/bake/golden.sh`, 'utf8'),
    );
  if (image !== null) machine.write('/etc/flexgen/image.json', `{\n  "id": "${image}",\n  "os": "x"\n}\n`);
  for (const name of ['systemctl', 'kubelet']) machine.fake(name, `echo ${name} "$@" >>calls`);
  return machine;
}

/** What the first step of `install` makes of it: whether all is baked, or the verdict. */
async function golden(machine: Machine, repair = ''): Promise<string> {
  const { exitCode, stdout } = await machine.bash(
    'install\nstep=host\ngolden\nwait\necho "baked ${baked:-nothing}"',
    {
      IMAGE: id,
      REPAIR: repair,
    },
  );
  return `${exitCode} ${stdout.trimEnd()}`;
}

suite('a payload for a golden image', { concurrency: 2 }, () => {
  test('on a machine from that image: the rest is done', async (t) => {
    const machine = machineOf(t, id, true);
    assert.equal(await golden(machine), '0 baked 1');
    assert.match(machine.read('/calls'), /^systemctl start --no-block containerd$/m);
  });

  test('on a machine from another image is refused, unless it may mend it', async (t) => {
    const machine = machineOf(t, 'other', true);
    assert.equal(
      await golden(machine),
      `15 flexgen: FAILED at host (15): this image is other, the payload is for ${id} — bake a new one, or set image.repair`,
    );
    assert.equal(await golden(machine, '1'), '0 baked nothing');
  });

  for (const [name, baked] of [
    ['a bake that was cut off', true],
    ['no image at all', false],
  ] as const) {
    test(`on a machine from ${name} is refused, unless it may mend it`, async (t) => {
      const machine = machineOf(t, null, baked);
      assert.match(
        await golden(machine),
        /^14 flexgen: FAILED at host \(14\): this is no golden image — bake one/,
      );
      assert.equal(await golden(machine, '1'), '0 baked nothing');
    });
  }
});
