import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { NodeFile } from '../../src/node/plan.ts';
import { archive as archiveOf } from '../../src/render/cloud-init/archive.ts';
import { gzipped } from '../../src/render/cloud-init/gzip.ts';
import { leastLimit } from '../../src/render/cloud-init/targets/index.ts';
import { renderUserData } from '../../src/render/cloud-init/user-data.ts';
import { lacks } from '../encode/reader.ts';
import { decode } from './decode.ts';
import { noise } from './noise.ts';

const file = (path: string, content: string, more: Partial<NodeFile> = {}): NodeFile => ({
  path,
  content,
  mode: 0o755,
  phase: 'image',
  secret: false,
  ...more,
});

const text = (lines: number): string => 'a line like any other, 47 bytes of it with end\n'.repeat(lines);

const output = { target: 'any', envelope: 'auto', url: null } as const;
const stock = { target: 'stock', authorizedKeys: [], name: '', output } as const;

const render = (...files: NodeFile[]): ReturnType<typeof renderUserData> =>
  renderUserData({ ...stock, files, title: 'flexgen: a test', merge: null });

function payloadOf(...files: NodeFile[]): string {
  const result = render(...files);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.bytes.toString();
}

const note = (how: string): string => `# packed; to read it: \`base64 -d | ${how}\``;

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

suite('a payload', () => {
  test('that fits is plain text', () => {
    const payload = payloadOf(file('/a', text(300)));
    assert.deepEqual(payload.split('\n').slice(0, 3), ['#cloud-config', '# flexgen: a test', 'write_files:']);
  });

  test('that does not fit has what every node has in one archive, and its own as it is', (t) => {
    const files = [
      ...Array.from({ length: 40 }, (_, index) => file(`/usr/lib/${index}`, noise(410) + text(1))),
      file('/own', text(5), { phase: 'boot' }),
      file('/key', text(5), { phase: 'boot', secret: true, mode: 0o600 }),
      file(`/etc/${'x'.repeat(100)}`, text(5)),
    ];
    const payload = payloadOf(...files);
    assert.equal(payload.split('\n')[2], note('tar xzvO'));
    const decoded = decode(payload);
    if (decoded === undefined) return lacks(t, 'PyYAML');
    // The last one's path is too long for the archive.
    assert.deepEqual(
      decoded.packed,
      files
        .slice(0, 40)
        .map(({ path }) => path)
        .toSorted(),
    );
    assert.deepEqual(
      [...decoded.files].toSorted(byPath),
      files
        .map(({ path, mode, content }) => [path, { mode: `0${mode.toString(8)}`, content }] as const)
        .toSorted(byPath),
    );
    const archive = '/var/lib/flexgen/cache/image.tgz';
    assert.deepEqual(decoded.rest, {
      runcmd: [`tar xzf ${archive} -C / && systemctl enable --now --no-block flexgen`],
    });
  });

  test('that does not fit then has the archive in fewer characters', (t) => {
    const scripts = [file('/usr/lib/a', `${noise(19_200)}\n`), file('/usr/lib/b', text(1))];
    const payload = payloadOf(...scripts);
    assert.equal(payload.split('\n')[2], '# packed; to read it: `flexgen inspect`');
    const decoded = decode(payload);
    if (decoded === undefined) return lacks(t, 'PyYAML');
    assert.deepEqual(
      [...decoded.files].toSorted(byPath),
      scripts
        .map(({ path, mode, content }) => [path, { mode: `0${mode.toString(8)}`, content }] as const)
        .toSorted(byPath),
    );
  });

  test('that does not fit at all says what is large', () => {
    const files = [
      file('/usr/lib/a', noise(9500)),
      file('/own', `${noise(9000)}\n`, { phase: 'boot' }),
      file('/etc/b', text(1)),
    ];
    const result = render(...files);
    assert.ok(!result.ok);
    const [error, ...others] = result.errors;
    assert.deepEqual(others, []);
    assert.equal(error?.code, 'render/too-big');
    assert.match(
      error.message,
      /^the payload has 1\d,\d{3} bytes, [\d,]+ more than the 16,384 that every provider takes$/,
    );
    assert.deepEqual(
      error.table?.map(([name]) => name),
      ['/own', '/var/lib/flexgen/cache/image.tgz', '`runcmd`', 'all of it, as text', 'the limit', 'too much'],
    );
    assert.equal(error.table?.[4]?.[1], '16,384');
    assert.match(
      error.hint ?? '',
      /^`--envelope gzip` makes it \d,\d{3} bytes; or `--image golden` leaves out what an image of `flexgen packer` has$/,
    );
  });

  test('is at the limit to the byte', () => {
    const size = (bytes: number): number =>
      Buffer.byteLength(payloadOf(file('/own', `${'x'.repeat(bytes)}\n`, { phase: 'boot' })));
    const rest = size(1) - 1;
    assert.equal(size(leastLimit - rest), leastLimit);
    const over = `${'x'.repeat(leastLimit - rest + 1)}\n`;
    assert.equal(render(file('/own', over, { phase: 'boot' })).ok, false);
  });

  test('is still held against the user’s own files when those of ours are in an archive', () => {
    const scripts = Array.from({ length: 40 }, (_, index) => file(`/usr/lib/${index}`, noise(350)));
    const merge = {
      text: '#cloud-config\nwrite_files: [{path: /usr/lib/7, content: x}]\n',
      file: 'mine.yaml',
    };
    const result = renderUserData({ ...stock, files: scripts, title: 't', merge });
    assert.ok(!result.ok);
    assert.deepEqual(
      result.errors.map(({ message }) => message),
      ['this file writes /usr/lib/7, and so does flexgen'],
    );
  });
});

suite('packing', () => {
  test('has no time and no system in it', () => {
    const bytes = Buffer.from(gzipped(Buffer.from('x')));
    // RFC 1952: magic, deflate, no flags, no time, the best compression, Unix.
    assert.equal(bytes.subarray(0, 10).toString('hex'), '1f8b0800000000000203');
  });

  test('is the same bytes as ever', () => {
    assert.equal(
      Buffer.from(gzipped(Buffer.from('the same text\n'.repeat(3)))).toString('base64'),
      'H4sIAAAAAAACAyvJSFUoTsxNVShJrSjhwscDAJTrOdYqAAAA',
    );
  });
});

test('the nodes of a fleet have one archive of each kind, though each of them tries both', () => {
  const files = [file('/a', text(10)), file('/b', text(20))];
  const [quick, tight] = [archiveOf(files, false), archiveOf(files, true)];
  assert.equal(archiveOf(files, false), quick);
  assert.equal(archiveOf(files, true), tight);
});
