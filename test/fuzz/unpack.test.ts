import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { execute, root, temporary } from '../cli/run.ts';
import { tarHeader } from './bombs.ts';

/** How the node unpacks what it has verified. */
const install = readFileSync(join(root, 'templates/node/usr/local/lib/flexgen/install'), 'utf8');
const command = /^\t+(! tar .+)$/m.exec(install)?.[1] ?? 'exit 9';

/** Unpacks `a.tar.gz` of the folder into this one, as the node does. */
const unpack = (folder: string, inside: string): ReturnType<typeof execute> => {
  const script = `umask 022; made() { :; }; f=$1; set -- x "$2"; ${command}`;
  return execute('bash', ['--norc', '-c', script, 'bash', join(folder, 'a.tar.gz'), inside], {});
};

const file = (name: string, text: string, mode = '0000644'): Buffer[] => {
  const body = Buffer.alloc(512);
  body.write(text);
  return [tarHeader(name, text.length.toString(8), '0', '', mode), body];
};

/** Each tries to write `escaped` where `outside` is, beside the folder that it is unpacked in. */
const hostile: Readonly<Record<string, (outside: string) => readonly Buffer[]>> = {
  'a folder above': () => file('../outside/victim', 'escaped'),
  'a folder above, within': () => file('a/../../outside/victim', 'escaped'),
  'an absolute path': (outside) => file(`${outside}/victim`, 'escaped'),
  'a link, and a file through it': () => [
    tarHeader('link', '0', '2', '../outside'),
    ...file('link/victim', 'escaped'),
  ],
  'an absolute link, and a file through it': (outside) => [
    tarHeader('link', '0', '2', outside),
    ...file('link/victim', 'escaped'),
  ],
  'a link to the file, and the file in its place': () => [
    tarHeader('victim', '0', '2', '../outside/victim'),
    ...file('victim', 'escaped'),
  ],
  'a hard link, and the file in its place': (outside) => [
    tarHeader('victim', '0', '1', `${outside}/victim`),
    ...file('victim', 'escaped'),
  ],
  'a link to a link': () => [
    tarHeader('a', '0', '2', '.'),
    tarHeader('b', '0', '2', 'a/../../outside'),
    ...file('b/victim', 'escaped'),
  ],
};

for (const [name, members] of Object.entries(hostile)) {
  test(`tar, as the node calls it: ${name} writes nothing outside`, async (t) => {
    const folder = temporary(t);
    const [inside, outside] = [join(folder, 'inside'), join(folder, 'outside')];
    mkdirSync(inside);
    mkdirSync(outside);
    writeFileSync(join(outside, 'victim'), 'as it was');
    const archive = Buffer.concat([...members(outside), Buffer.alloc(1024)]);
    writeFileSync(join(folder, 'a.tar.gz'), gzipSync(archive));
    await unpack(folder, inside);
    assert.deepEqual(readdirSync(outside), ['victim']);
    assert.equal(readFileSync(join(outside, 'victim'), 'utf8'), 'as it was');
    assert.deepEqual(readdirSync(folder).toSorted(), ['a.tar.gz', 'inside', 'outside']);
  });
}

test('tar, as the node calls it: owners of the archive’s maker are not taken over', async (t) => {
  const folder = temporary(t);
  const header = tarHeader('a', '0');
  header.write('0001750\0', 108, 'latin1');
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  writeFileSync(join(folder, 'a.tar.gz'), gzipSync(Buffer.concat([header, Buffer.alloc(1024)])));
  await unpack(folder, folder);
  assert.ok(existsSync(join(folder, 'a')));
  assert.equal(lstatSync(join(folder, 'a')).uid, process.getuid?.());
});

test('tar, as the node calls it: an archive with a device in it is not unpacked', async (t) => {
  for (const type of ['3', '4']) {
    const folder = temporary(t);
    const archive = Buffer.concat([...file('a', 'a'), tarHeader('disk', '0', type), Buffer.alloc(1024)]);
    writeFileSync(join(folder, 'a.tar.gz'), gzipSync(archive));
    const { exitCode, stdout } = await unpack(folder, folder);
    assert.equal(exitCode, 1);
    assert.match(stdout, /^[bc].* disk$/m);
    assert.deepEqual(readdirSync(folder), ['a.tar.gz']);
  }
});

test('tar, as the node calls it: no program gets the rights of its owner', async (t) => {
  const folder = temporary(t);
  const archive = Buffer.concat([...file('su', 'a', '0006777'), Buffer.alloc(1024)]);
  writeFileSync(join(folder, 'a.tar.gz'), gzipSync(archive));
  assert.equal((await unpack(folder, folder)).exitCode, 0);
  assert.equal((lstatSync(join(folder, 'su')).mode & 0o7777).toString(8), '755');
});
