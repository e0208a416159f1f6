import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readKeyPair } from '../../src/config/certificate-key.ts';
import { root } from '../cli/run.ts';

const pair = readFileSync(join(root, 'templates/config/example/obviously-fake-principal.pem'), 'utf8');
const [certificate = '', key = ''] = pair.split(/(?=-----BEGIN RSA)/);

const problemAt = (text: string, time: string) => {
  const read = readKeyPair(text, Date.parse(time));
  return 'kind' in read ? [read.kind, read.message] : [];
};

test('a certificate and its key, in either order', () => {
  for (const text of [certificate + key, key + certificate, `# a note\n${certificate}\nanother\n${key}`]) {
    const read = readKeyPair(text, Date.parse('2026-11-24'));
    assert.ok(!('kind' in read));
    assert.equal(read.certificate.subject, 'CN=obviously-fake');
    assert.equal(read.key.asymmetricKeyType, 'rsa');
  }
});

test('a certificate has its time', () => {
  assert.deepEqual(problemAt(pair, '2120-01-02'), ['expired', 'has expired (Jan  1 00:00:00 2120 GMT)']);
  assert.deepEqual(problemAt(pair, '2019-12-31'), ['early', 'is not valid before Jan  1 00:00:00 2020 GMT']);
  assert.deepEqual(problemAt(pair, '2119-12-31'), []);
});
