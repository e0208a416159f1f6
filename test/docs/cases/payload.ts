import assert from 'node:assert/strict';
import { commands } from '../case.ts';
import type { Cases } from '../case.ts';
import { must, starter } from '../given.ts';
import type { Place } from '../place.ts';

let made: string | undefined;

/** The payload of the first starter, made as the documents say, once for all. */
async function rendered(place: Place): Promise<void> {
  if (made === undefined) {
    starter(place);
    await must(place, 'flexgen cloud-init --out user-data.yaml');
    made = place.read('user-data.yaml');
  }
  place.write('user-data.yaml', made, 0o600);
}

/** What becomes of a payload on its way to a machine. */
export const payload: Cases = {
  'Fit the payload to what makes the machine': [
    commands({ prepare: (place) => starter(place) }),
    commands({
      codes: [3],
      prepare(place) {
        starter(place);
        place.write('flexgen.yaml', `${place.read('flexgen.yaml')}userData: { merge: big.sh }\n`);
        place.write('big.sh', `#!/bin/sh\n: ${'x'.repeat(44_997)}\n`);
      },
    }),
  ],
  'Put the payload on a drive': [
    commands({
      prepare(place) {
        starter(place);
        place.borrow('blkid');
        const drive = 'file=seed.iso,format=raw,if=virtio,readonly=on';
        place.standIn('qemu-system-x86_64', `[[ $* == '… -drive ${drive}' ]]`);
      },
    }),
  ],
  'Serve the payload from a URL of your own': [
    commands({
      prepare(place) {
        starter(place);
        place.borrow('install');
        place.write('srv/boot/.keep', '');
      },
      instead: { '/srv/boot/': 'srv/boot/' },
      after: ({ read }) => assert.match(read('srv/boot/edge-01.yaml'), /^#cloud-config\n/),
    }),
  ],
  'Review a payload before it is pasted': [
    commands({ prepare: rendered }),
    commands({
      prepare: rendered,
      after: ({ read }) => assert.match(read('review.html'), /^<!doctype html>/i),
    }),
  ],
  'List what a payload installs': [
    commands({
      prepare: rendered,
      after: ({ read }) => assert.match(read('edge-01.cdx.json'), /"specVersion": "1\.6"/),
    }),
  ],
  'See what changed in a payload': [
    commands({
      codes: [5],
      async prepare(place) {
        await rendered(place);
        place.write('old.yaml', place.read('user-data.yaml'));
        starter(place);
        place.write('flexgen.yaml', place.read('flexgen.yaml').replace(/^node:$/m, 'node:\n  maxPods: 60'));
        await must(place, 'flexgen cloud-init --out new.yaml');
        place.borrow('gzip');
        await must(place, 'gzip new.yaml');
      },
    }),
  ],
};
