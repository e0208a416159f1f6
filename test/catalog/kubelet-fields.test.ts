import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kubeletFieldMinors, kubeletFields } from '../../src/catalog/index.ts';
import type { FieldTable } from '../../src/catalog/index.ts';

function fieldsOf(minor: number): FieldTable {
  const fields = kubeletFields(minor);
  assert.ok(fields);
  return fields;
}

test('there is a table for every minor from 1.34 to 1.37', () => {
  assert.deepEqual(kubeletFieldMinors, [34, 35, 36, 37]);
});

/** One field for each kind of type, as the Go type has it. */
const examples = {
  maxPods: { type: 'integer' },
  failSwapOn: { type: 'boolean' },
  clusterDomain: { type: 'string' },
  memoryThrottlingFactor: { type: 'number' },
  nodeStatusUpdateFrequency: { type: 'duration' },
  clusterDNS: { type: 'list', items: { type: 'string' } },
  evictionHard: { type: 'map', items: { type: 'string' } },
  featureGates: { type: 'map', items: { type: 'boolean' } },
  staticPodURLHeader: { type: 'map', items: { type: 'list', items: { type: 'string' } } },
  memorySwap: { type: 'object', fields: new Map([['swapBehavior', { type: 'string' }]]) },
  reservedMemory: {
    type: 'list',
    items: {
      type: 'object',
      fields: new Map<string, unknown>([
        ['limits', { type: 'map', items: { type: 'quantity' } }],
        ['numaNode', { type: 'integer' }],
      ]),
    },
  },
};

for (const minor of kubeletFieldMinors) {
  test(`the types of fields in 1.${minor}`, () => {
    const fields = fieldsOf(minor);
    assert.deepEqual(
      Object.fromEntries(Object.keys(examples).map((name) => [name, fields.get(name)])),
      examples,
    );
  });

  test(`1.${minor} holds settings, and nothing that only looks like one`, () => {
    const fields = fieldsOf(minor);
    for (const name of ['apiVersion', 'kind', 'constructor', '__proto__', 'podInfraContainerImage', '']) {
      assert.equal(fields.has(name), false, name);
    }
    assert.ok(fields.size > 120);
  });
}

test('a field that reads itself in Go can be anything', () => {
  const logging = fieldsOf(36).get('logging');
  assert.ok(logging?.type === 'object');
  assert.deepEqual(logging.fields.get('flushFrequency'), { type: 'any' });
});

test('fields are known from the minor on that brought them', () => {
  const firstMinor = (name: string): number | undefined =>
    kubeletFieldMinors.find((minor) => kubeletFields(minor)?.has(name));
  assert.equal(firstMinor('mergeDefaultEvictionSettings'), 34);
  assert.equal(firstMinor('memoryReservationPolicy'), 36);
  assert.equal(firstMinor('tlsCurvePreferences'), 36);
  assert.equal(firstMinor('defaultPodSysctls'), 37);
});

test('a newer minor than known is taken as the newest; an older one is not known', () => {
  assert.equal(kubeletFields(99), kubeletFields(37));
  assert.equal(kubeletFields(33), undefined);
});
