import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { envelopes } from '../../../src/render/cloud-init/envelopes/index.ts';
import { refused, review } from './read.ts';

const plain = '#cloud-config\nruncmd: [echo hello]\n';
const gzipped = gzipSync(plain);
const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');
const wrapped = (name: keyof typeof envelopes): Buffer =>
  Buffer.from(envelopes[name].wrap({ userData: plain, name: 'a' }));

/** The same bytes with one that is another. */
function changed(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy.at(at) ?? 0) ^ 0xff;
  return copy;
}

const mime = (body: string, end = '\n--b--\n'): string =>
  `Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\n${body}${end}`;

const part = (encoding: string, text: string): string =>
  `Content-Type: text/cloud-config\nContent-Transfer-Encoding: ${encoding}\n\n${text}`;

const file = (encoding: string, content: string): string =>
  `#cloud-config\nwrite_files: [{ path: /a, encoding: ${encoding}, content: "${content}" }]\n`;

const damages = {
  'gzip cut off': [gzipped.subarray(0, -9), 'its gzip stream is cut off'],
  'gzip with a wrong checksum': [
    changed(gzipped, gzipped.length - 6),
    'the checksum of its gzip stream is wrong: a byte has changed',
  ],
  'gzip with a wrong length': [
    changed(gzipped, gzipped.length - 2),
    'the checksum of its gzip stream is wrong: a byte has changed',
  ],
  'gzip with no method': [changed(gzipped, 2), 'its gzip stream has no valid header'],
  'gzip twice': [gzipSync(gzipped), 'it is gzipped twice'],
  'base64 twice': [base64(base64(plain)), 'it is base64 twice'],
  'base64 twice around gzip': [base64(base64(gzipped)), 'it is base64 twice'],
  'base64 within gzip': [gzipSync(base64(plain)), 'it is base64 within gzip'],
  'base64 cut off': [base64(plain).slice(0, 41), 'its base64 is cut off'],
  'gzip in base64, cut off': [base64(gzipped).slice(0, 40), 'its gzip stream is cut off'],
  'base64 with something else in it': [
    `${base64(plain).slice(0, 20)}…${base64(plain).slice(20)}`,
    'its base64 has something else after 20 characters',
  ],
  'MIME cut off': [
    mime(part('7bit', plain), ''),
    'its MIME message is cut off: the last boundary is missing',
  ],
  'MIME cut off before its first part': [
    'Content-Type: multipart/mixed; boundary="b"\n\n',
    'its MIME message has no part',
  ],
  'MIME without a boundary': ['Content-Type: multipart/mixed\n\n', 'its MIME message names no boundary'],
  'MIME with an unknown encoding': [
    mime(part('uuencode', plain)),
    'a MIME part has the unknown transfer encoding "uuencode"',
  ],
  'a part of MIME gzipped twice': [
    mime(part('base64', base64(gzipSync(gzipped)))),
    'a part of it is gzipped twice (part-001)',
  ],
  'a part of MIME in base64, cut off': [
    mime(part('base64', base64(plain).slice(0, -3))),
    'its base64 is cut off',
  ],
  'a file with a wrong checksum': [
    file('gz+b64', base64(changed(gzipped, gzipped.length - 6))),
    '/a: the checksum of its gzip stream is wrong: a byte has changed',
  ],
  'a file cut off': [file('b64', base64(plain).slice(0, -3)), '/a: its base64 is cut off'],
  'a file that is no gzip': [file('gz+b64', base64(plain)), '/a: its gzip stream has no valid header'],
  'YAML cut off': [
    plain.slice(0, -3),
    "the cloud-config user-data can't be read: line 2 is not YAML (bad indent)",
  ],
  'a list': [`#cloud-config\n- a\n`, "the cloud-config user-data can't be read: it is not a mapping"],
  'a CD cut off': [
    wrapped('nocloud-iso').subarray(0, 40_000),
    'its disk image is cut off: a part of it lies beyond its end',
  ],
  'a disk cut off': [
    wrapped('nocloud-vfat').subarray(0, 600),
    'its disk image is cut off: a part of it lies beyond its end',
  ],
  'guestinfo, base64 cut off': [
    `guestinfo.userdata.encoding="base64"\nguestinfo.userdata="${base64(plain).slice(0, -3)}"\n`,
    'its base64 is cut off',
  ],
  'nothing': ['', 'the file is empty'],
  'gzip of nothing': [gzipSync(''), 'gzip is empty'],
} as const satisfies Record<string, readonly [string | Uint8Array, string]>;

suite('a payload that is damaged is refused, and it is said how', () => {
  for (const [what, [payload, message]] of Object.entries(damages)) {
    test(what, () => {
      assert.deepEqual(refused(payload), { code: 'payload/damaged', message: `payload: ${message}` });
    });
  }

  test('what cloud-init does not read', () => {
    for (const text of ['hello\n', 'runcmd: [a]\n', '\u007fELF', '# a comment\n']) {
      assert.deepEqual(refused(text), {
        code: 'payload/unknown',
        message: 'payload: it is nothing that cloud-init reads',
      });
    }
  });

  test('a drive without user-data', () => {
    const other = Buffer.from(
      wrapped('nocloud-iso').toString('latin1').replaceAll('user-data', 'abcd-data'),
      'latin1',
    );
    const { code, message } = refused(other);
    assert.equal(code, 'payload/unknown');
    assert.match(message, /label "cidata"/);
  });
});

suite('a payload that unfolds to more than a machine has is refused', () => {
  const most = { code: 'payload/too-large', message: 'payload: it unfolds to more than 64 MiB' };

  test('gzip of zeros', () => {
    assert.deepEqual(refused(gzipSync(Buffer.alloc(65 << 20))), most);
  });

  test('many files that are small each', () => {
    const zeros = gzipSync(Buffer.alloc(8 << 20)).toString('base64');
    const entries = Array.from(
      { length: 9 },
      (_, n) => `- { path: /${n}, encoding: gz+b64, content: ${zeros} }\n`,
    );
    assert.deepEqual(refused(`#cloud-config\nwrite_files:\n${entries.join('')}`), {
      ...most,
      message: 'payload: /8: it unfolds to more than 64 MiB',
    });
  });

  test('aliases of YAML', () => {
    const rows = Array.from(
      { length: 12 },
      (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]\n`,
    ).join('');
    const { code, message } = refused(`#cloud-config\na0: &a0 [x, x]\n${rows}`);
    assert.equal(code, 'payload/damaged');
    assert.match(message, /its aliases unfold to too much$/);
  });

  test('messages in messages', () => {
    const nested = Array.from({ length: 12 }).reduce<string>(
      (inner, _, n) => `Content-Type: multipart/mixed; boundary="b${n}"\n\n--b${n}\n${inner}\n--b${n}--\n`,
      part('7bit', plain),
    );
    assert.deepEqual(refused(`MIME-Version: 1.0\n${nested}`), {
      code: 'payload/too-large',
      message: 'payload: it is nested more than 8 levels deep',
    });
  });

  test('more parts and more files than anybody has', () => {
    const parts = mime(`${part('7bit', '#!a')}\n--b\n`.repeat(1001) + part('7bit', '#!a'));
    assert.match(refused(parts).message, /more than 1000 parts$/);
    const list = '- {path: /a}\n'.repeat(10_001);
    assert.match(refused(`#cloud-config\nwrite_files:\n${list}`).message, /more than 10000 files$/);
  });
});

suite('no payload takes the program down', () => {
  for (const name of ['gzip', 'mime', 'guestinfo', 'nocloud-iso', 'nocloud-vfat', 'configdrive'] as const) {
    test(`${name}: each of many bytes is changed, and each of many ends is cut`, () => {
      const whole = wrapped(name);
      const step = Math.max(1, Math.floor(whole.length / 100));
      for (let at = 0; at < whole.length; at += step) {
        for (const payload of [changed(whole, at), whole.subarray(0, at)]) {
          // Either a review, or a refusal: `review` and `refused` throw at anything else.
          try {
            review(payload);
          } catch {
            refused(payload);
          }
        }
      }
    });
  }
});
