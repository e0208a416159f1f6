import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { probe, send } from '../../src/cli/preflight/probe.ts';
import { reasonOf } from '../../src/cli/preflight/reason.ts';

test('whoever answers without end is left once the head of the answer is there', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { date: 'Mon, 30 Nov 2026 12:00:00 GMT' }).write('and so on');
  });
  const left = once(server, 'connection').then(([socket]) => once(socket as NodeJS.EventEmitter, 'close'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await probe(new URL(`http://127.0.0.1:${port}/`), { method: 'GET' });
  assert.deepEqual(answer, { status: 200, location: null, date: Date.UTC(2026, 10, 30, 12) });
  await left;
  server.close();
});

test('who never answers is said to be silent', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = send(new URL(`http://127.0.0.1:${port}/`), { method: 'GET' }, AbortSignal.timeout(50));
  await assert.rejects(asked, (error) => reasonOf(error) === 'it does not answer within 10 s');
  server.close();
});
