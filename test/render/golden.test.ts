import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createRig, execute, root } from '../cli/run.ts';
import { sample, sampleFiles } from '../cli/sample.ts';
import { lacks } from '../encode/reader.ts';
import { decode } from './decode.ts';
import {
  goldenLimit,
  goldenLimits,
  planIn,
  planStarter,
  renderIn,
  renderStarter,
  starters,
} from './starters.ts';

const ca = readFileSync(`${root}/templates/config/example/cluster-ca.pem`, 'utf8');

suite('a payload for a golden image', () => {
  for (const name of starters) {
    test(`${name} fits into ${goldenLimit(name)} bytes of plain text`, async () => {
      const text = await renderStarter(name, 'golden');
      assert.ok(Buffer.byteLength(text) <= goldenLimit(name), `${Buffer.byteLength(text)}`);
      assert.doesNotMatch(text, /encoding:/);
      // As an AKS cluster has it.
      assert.ok(ca.length >= 1700 && text.replaceAll('\n  ', '\n').includes(ca));
    });
  }

  const principal = '11111111-2222-4333-8444-555555555555';
  const entra = `clientId: ${principal}, tenantId: ${principal}`;
  const place = `subscriptionId: ${principal}, resourceGroup: edge, location: westeurope, tenantId: ${principal}`;
  for (const [what, auth, limit] of [
    ['a token that is made', 'mode: bootstrap-token', goldenLimits.own],
    ['a federated token', `mode: service-principal, ${entra}, federated: { file: /run/t }`, goldenLimits.own],
    ['a user-assigned identity', `mode: managed-identity, clientId: ${principal}`, goldenLimits.own],
    [
      'a principal that registers machines',
      `mode: arc, ${place}, onboarding: service-principal, servicePrincipal: { clientId: ${principal}, secret: { file: secret } }`,
      goldenLimits.own,
    ],
    // It has 2 kB.
    ['an access token', `mode: arc, ${place}, onboarding: access-token`, 5120],
  ] as const) {
    test(`with ${what} fits into ${limit} bytes`, async (t) => {
      const rig = createRig(t, {
        ...sampleFiles,
        'ca.pem': ca,
        'secret': 'x'.repeat(40),
        'flexgen.yaml': `apiVersion: flexgen/v1
cluster:
  name: aks1
  server: https://aks1-example.hcp.westeurope.azmk8s.io:443
  ca: { file: ca.pem }
  kubernetesVersion: 1.36.4
  clusterDNS: 10.0.0.10
auth: { ${auth} }
node: { name: edge-01 }
network: { mode: node-cidr }
`,
      });
      const bytes = Buffer.byteLength(await renderIn(rig.folder, 'flexgen.yaml', 'golden'));
      assert.ok(bytes <= limit, `${bytes}`);
    });
  }

  test('has what is the node’s own alone, and says which image it is for', async (t) => {
    const decoded = decode(await renderStarter('bootstrap-token', 'golden'));
    if (decoded === undefined) return lacks(t, 'PyYAML');
    const { files, image } = await planStarter('bootstrap-token');
    const own = files.filter(({ phase }) => phase === 'boot').map(({ path }) => path);
    assert.deepEqual([...decoded.files.keys()], own);
    for (const { path, content } of files.filter((file) => own.includes(file.path))) {
      const expected = path === '/etc/flexgen/node.env' ? `IMAGE=${image.id}\n${content}` : content;
      assert.equal(decoded.files.get(path)?.content, expected);
    }
    assert.deepEqual(decoded.rest, {
      bootcmd: [
        "systemctl start --no-block flexgen || { echo 'flexgen: FAILED at host (14): this is no golden image — bake one with `flexgen packer`, or render without --image golden' >/dev/console; false; }",
      ],
    });
  });

  test('starts what is there, and says on the console where there is nothing', async (t) => {
    const decoded = decode(await renderStarter('external-cni', 'golden'));
    if (decoded === undefined) return lacks(t, 'PyYAML');
    const [command = ''] = decoded.rest['bootcmd'] as readonly string[];
    const rig = createRig(t, { console: '' });
    rig.write('systemctl', '#!/bin/sh\necho "$@" >asked\nexit "$(cat there)"\n', 0o755);
    // cloud-init makes a script of it for /bin/sh, which ends as its last command.
    const run = async (there: string) => {
      rig.write('there', there);
      const env = { PATH: `${rig.folder}:${process.env['PATH'] ?? ''}` };
      const script = command.replace('/dev/console', 'console');
      return await execute('/bin/sh', ['-c', script], { cwd: rig.folder, env });
    };
    assert.deepEqual(await run('0'), { exitCode: 0, stdout: '', stderr: '' });
    assert.deepEqual([rig.read('asked'), rig.read('console')], ['start --no-block flexgen\n', '']);
    assert.equal((await run('5')).exitCode, 1);
    assert.equal(
      rig.read('console'),
      'flexgen: FAILED at host (14): this is no golden image — bake one with `flexgen packer`, or render without --image golden\n',
    );
  });

  const repaired = `${readFileSync(`${root}/templates/config/bootstrap-token.yaml`, 'utf8')}\nimage: { repair: true }\n`;
  const besides = { 'example/cluster-ca.pem': ca, 'example/bootstrap-token.txt': 'f4k3f4.k3f4k3f4k3f4k3f4' };

  test('that repairs any image has everything, and starts in the last stage if some of it is in an archive', async (t) => {
    const rig = createRig(t, { ...besides, 'flexgen.yaml': repaired });
    const decoded = decode(await renderIn(rig.folder, 'flexgen.yaml', 'golden'));
    if (decoded === undefined) return lacks(t, 'PyYAML');
    const stock = decode(await renderIn(rig.folder, 'flexgen.yaml', 'stock'));
    assert.deepEqual([...decoded.files.keys()].toSorted(), [...(stock?.files.keys() ?? [])].toSorted());
    assert.match(decoded.files.get('/etc/flexgen/node.env')?.content ?? '', /^IMAGE=[^\n]+\nREPAIR=1\n/);
    const archived = decoded.packed.length > 10;
    const last = 'systemctl enable --now --no-block flexgen';
    assert.deepEqual(decoded.rest, {
      ...(archived ? {} : { bootcmd: ['systemctl start --no-block flexgen || :'] }),
      runcmd: [archived ? `tar xzf /var/lib/flexgen/cache/image.tgz -C / && ${last}` : last],
    });
  });

  test('has no repair in it by itself, and no part of the image depends on it', async (t) => {
    const rig = createRig(t, {
      ...besides,
      'on.yaml': repaired,
      'off.yaml': repaired.replace('true', 'false'),
    });
    const [on, off] = [await planIn(rig.folder, 'on.yaml'), await planIn(rig.folder, 'off.yaml')];
    assert.equal(on.image.id, off.image.id);
    assert.deepEqual(on.files, off.files);
  });

  test('has what only some nodes of an image do at their boot', async (t) => {
    const node =
      'node: { ip: { interface: eth1 }, hosts: { aks1.corp: [10.8.0.4, "fd00::4"] }, waitFor: { interface: wg0, timeout: 90s } }\n';
    const rig = createRig(t, { ...sampleFiles, 'one.yaml': `${sample}${node}`, 'other.yaml': sample });
    const [one, other] = [await planIn(rig.folder, 'one.yaml'), await planIn(rig.folder, 'other.yaml')];
    assert.equal(one.image.id, other.image.id);
    const decoded = decode(await renderIn(rig.folder, 'one.yaml', 'golden'));
    if (decoded === undefined) return lacks(t, 'PyYAML');
    const { files } = decoded;
    assert.equal(files.get('/etc/flexgen/hosts')?.content, '10.8.0.4 aks1.corp\nfd00::4 aks1.corp\n');
    const settings = files.get('/etc/flexgen/node.env')?.content ?? '';
    assert.match(settings, /\nNODE_IP=.dev eth1.\nWAIT_FOR=wg0\nWAIT_SECONDS=90\n/);
    const script = files.get('/usr/local/lib/flexgen/modes-node.sh')?.content ?? '';
    assert.match(script, /hosts\.debian\.tmpl[^]*\nis_up\(\)[^]*\naddress\(\)/);
    assert.equal(decode(await renderIn(rig.folder, 'other.yaml', 'golden'))?.files.size, files.size - 2);
  });

  test('of another kind of image is wrong usage', async (t) => {
    const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': sample });
    const { exitCode, stdout, stderr } = await rig.flexgen(['cloud-init', '--image', 'silver']);
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /argument 'silver' is invalid\. Allowed choices are stock, golden\./);
  });

  test('on the command line is the same, and the user’s own part is in it', async (t) => {
    const merge = '#cloud-config\nbootcmd: [echo mine]\nwrite_files: [{path: /etc/motd, content: x}]\n';
    const config = `${sample}userData: { merge: mine.yaml }\n`;
    const rig = createRig(t, { ...sampleFiles, 'mine.yaml': merge, 'flexgen.yaml': config });
    const { exitCode, stdout, stderr } = await rig.flexgen(['cloud-init', '--image', 'golden']);
    assert.deepEqual([exitCode, stderr], [0, '']);
    const decoded = decode(stdout);
    if (decoded === undefined) return lacks(t, 'PyYAML');
    assert.equal(stdout, await renderIn(rig.folder, 'flexgen.yaml', 'golden'));
    const commands = decoded.rest['bootcmd'] as readonly string[];
    assert.deepEqual([commands.length, commands[0]], [2, 'echo mine']);
    assert.equal(decoded.files.get('/etc/motd')?.content, 'x');
  });

  test('and the user’s own part can’t write the same file', async (t) => {
    const merge = '#cloud-config\nwrite_files: [{path: /etc/flexgen/node.env, content: x}]\n';
    const config = `${sample}userData: { merge: mine.yaml }\n`;
    const rig = createRig(t, { ...sampleFiles, 'mine.yaml': merge, 'flexgen.yaml': config });
    const { exitCode, stdout, stderr } = await rig.flexgen(['cloud-init', '--image', 'golden']);
    assert.deepEqual([exitCode, stdout], [3, '']);
    assert.match(stderr, /this file writes \/etc\/flexgen\/node\.env, and so does flexgen/);
  });
});
