import assert from 'node:assert/strict';
import { test } from 'node:test';
import { perform } from '../../../src/cli/cluster/perform.ts';
import type { ApiServer } from '../../../src/kubernetes/api-server.ts';
import { diff } from '../../../src/kubernetes/diff.ts';
import { titleOf } from '../../../src/kubernetes/kinds.ts';
import { ClusterRefused } from '../../../src/kubernetes/refused.ts';
import { binding } from '../../../src/kubernetes/binding.ts';
import { there } from '../../kubernetes/literals.ts';

test('a network that is cut in the middle says how far it came, and the next run makes the rest', async () => {
  const wanted = ['a', 'b', 'c'].map((name) => binding(`flexgen:${name}`, 'view', []));
  const made = new Set<string>();
  let room = 1;
  const api: ApiServer = {
    server: 'https://a',
    time: () => null,
    async call({ path }) {
      if (room-- === 0) throw new ClusterRefused('the connection was cut', 'try again');
      const object = wanted.find(({ name }) => path.includes(encodeURIComponent(name)));
      if (object !== undefined) made.add(object.name);
      return {};
    },
  };
  const changes = () => {
    const found = wanted.filter(({ name }) => made.has(name)).map((object) => there(object));
    return diff(wanted, new Map(found.map((object) => [titleOf(object), object]))).changes;
  };
  const said: string[] = [];
  const once = () =>
    perform(changes(), { api }, async (change) => {
      said.push(change.action);
    });
  await assert.rejects(once, {
    message: 'the connection was cut; 1 of 3 changes were made',
    hint: 'try again',
  });
  room = 2;
  await once();
  assert.deepEqual(said, ['create', 'keep', 'create', 'create']);
});
