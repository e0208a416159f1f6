import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Unavailable, openUrl, patiently, readUrl } from '../../../src/cli/supply/fetch.ts';
import { close, open } from '../../azure/server/http.ts';

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  const port = await open(server);
  t.after(() => close(server));
  return `http://127.0.0.1:${port}/`;
}

const env = {};
const silence = 100;

test('who sends a byte now and then is given up, whether it has begun to answer or not', async (t) => {
  const url = await serve(t, (_, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('x');
  });
  const { host } = new URL(url);
  const slow = `${host} is too slow: less than 1 kB/s for 0.1 s`;
  const { body } = await openUrl(url, { env, silence });
  await assert.rejects(
    async () => {
      for await (const chunk of body) assert.equal(chunk.toString(), 'x');
    },
    new Unavailable(slow, null, true),
  );
  const silent = await serve(t, () => undefined);
  await assert.rejects(openUrl(silent, { env, silence }), { passes: true });
});

test('a file that ends before its length', async (t) => {
  const url = await serve(t, (_, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('x', () => response.destroy());
  });
  const { body } = await openUrl(url, { env });
  const { host } = new URL(url);
  await assert.rejects(
    async () => {
      for await (const chunk of body) assert.equal(chunk.toString(), 'x');
    },
    new Unavailable(`${host}: the connection was cut`, null, true),
  );
});

test('places that lead to each other, and one that leads out of https', async (t) => {
  const url = await serve(t, ({ url: path = '' }, response) => {
    response
      .writeHead(302, { location: path === '/plain' ? 'ftp://elsewhere/' : 'https://127.0.0.1:1/' })
      .end();
  });
  await assert.rejects(openUrl(`${url}plain`, { env }), /leads to ftp:\/\/elsewhere, which is not https/);
  await assert.rejects(openUrl(url, { env }), /127\.0\.0\.1:1: nothing listens there/);
});

test('what may pass is tried again, what may not is not', async (t) => {
  let asked = 0;
  const url = await serve(t, (_, response) => {
    asked += 1;
    response.writeHead(asked === 1 ? 503 : 200).end('fine');
  });
  assert.equal((await readUrl(url, 10, { env })).bytes.toString(), 'fine');
  assert.equal(asked, 2);
  await assert.rejects(readUrl(url, 3, { env }), /is longer than 3 bytes/);
  assert.equal(asked, 3);
  let works = 0;
  const work = (): Promise<never> => {
    works += 1;
    return Promise.reject(new Unavailable('gone', 404, false));
  };
  await assert.rejects(patiently(work), /gone/);
  assert.equal(works, 1);
});
