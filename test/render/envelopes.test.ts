import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { envelopes } from '../../src/render/cloud-init/envelopes/index.ts';
import { lacks } from '../encode/reader.ts';
import { missing, python } from './cloud-init.ts';
import { renderStarter } from './starters.ts';
import { take } from './taken.ts';

const userData = await renderStarter('bootstrap-token');
const input = { userData, name: 'edge-01' };
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const decoded = (bytes: Uint8Array): Buffer => Buffer.from(text(bytes), 'base64');

suite('envelopes', () => {
  test('mime and gzip: cloud-init reads what it reads of the plain text', async (t) => {
    const mime = envelopes.mime.wrap(input);
    const gzip = envelopes.gzip.wrap(input);
    assert.deepEqual([envelopes.mime.wrap(input), envelopes.gzip.wrap(input)], [mime, gzip]);
    const taken = await take(t, { plain: userData, mime, gzip });
    if (taken === undefined) return lacks(t, missing);
    assert.ok(taken['plain']?.config && 'write_files' in taken['plain'].config);
    assert.deepEqual([taken['mime'], taken['gzip']], [taken['plain'], taken['plain']]);
  });

  test('in base64, gzipped or not, is the plain text', () => {
    assert.equal(text(decoded(envelopes.base64.wrap(input))), userData);
    assert.equal(text(gunzipSync(decoded(envelopes['gzip-base64'].wrap(input)))), userData);
    assert.equal(text(gunzipSync(envelopes.gzip.wrap(input))), userData);
    for (const { wrap } of [envelopes.base64, envelopes['gzip-base64']])
      assert.doesNotMatch(text(wrap(input)), /\s/);
  });

  test('guestinfo: cloud-init’s datasource of VMware reads the values', async (t) => {
    const values = JSON.parse(text(envelopes.guestinfo.wrap(input))) as Record<string, string>;
    const code = `import json, sys
from cloudinit.sources.DataSourceVMware import decode
values = json.load(sys.stdin)
read = lambda key: decode(key, values["guestinfo." + key + ".encoding"], values["guestinfo." + key])
print(json.dumps([read("metadata"), read("userdata")]))`;
    const outcome = await python(['-c', code], JSON.stringify(values));
    if (outcome === undefined) return lacks(t, missing);
    assert.equal(outcome.exitCode, 0, outcome.stderr);
    const [metadata, read] = JSON.parse(outcome.stdout) as [string, string];
    assert.equal(read, userData);
    const { 'instance-id': id, ...rest } = JSON.parse(metadata) as Record<string, string>;
    assert.match(id ?? '', /^flexgen-[0-9a-f]{16}$/);
    assert.deepEqual(rest, { 'local-hostname': 'edge-01' });
    assert.equal(Object.keys(values).length, 4);
    const nameless = JSON.parse(text(envelopes.guestinfo.wrap({ userData: 'x', name: '' }))) as typeof values;
    assert.match(
      text(decoded(Buffer.from(nameless['guestinfo.metadata'] ?? ''))),
      /^{"instance-id":"[^"]+"}$/,
    );
  });

  test('external: an object of texts, as Terraform demands', () => {
    const { user_data: read, sha256 } = JSON.parse(text(envelopes.external.wrap(input))) as Record<
      string,
      string
    >;
    assert.equal(read, userData);
    assert.match(sha256 ?? '', /^[0-9a-f]{64}$/);
  });
});

suite('include', () => {
  async function serve(t: TestContext, body: string): Promise<string> {
    const server = createServer((_, response) => response.end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/edge-01.yaml`;
  }

  test('hands the payload over as cloud-init’s own, and nothing of what has another digest', async (t) => {
    const good = envelopes.include.wrap({ ...input, url: await serve(t, userData) });
    const other = userData.replace('NODE_NAME=edge-01', 'NODE_NAME=edge-02');
    const bad = envelopes.include.wrap({ ...input, url: await serve(t, other) });
    const taken = await take(t, { plain: userData, bad, good });
    if (taken === undefined) return lacks(t, missing);
    assert.deepEqual(taken['good'], taken['plain']);
    const { console = '', ...rest } = taken['bad'] ?? {};
    assert.deepEqual(rest, { config: null, mode: '0o600', scripts: [] });
    assert.match(
      console,
      /^flexgen: FAILED at payload: http:\/\/127\.0\.0\.1:\d+\/edge-01\.yaml: expected sha256 [0-9a-f]{64}, got [0-9a-f]{64}\n$/,
    );
  });
});
