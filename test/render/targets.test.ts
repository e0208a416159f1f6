import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { envelopes } from '../../src/render/cloud-init/envelopes/index.ts';
import { envelopeNames } from '../../src/render/cloud-init/envelopes/names.ts';
import type { EnvelopeName } from '../../src/render/cloud-init/envelopes/names.ts';
import { targets } from '../../src/render/cloud-init/targets/index.ts';
import { targetNames } from '../../src/render/cloud-init/targets/names.ts';
import type { TargetName } from '../../src/render/cloud-init/targets/names.ts';
import { renderUserData } from '../../src/render/cloud-init/user-data.ts';
import { noise } from './noise.ts';

type Rendered = ReturnType<typeof renderUserData>;

/** A payload whose one file is the node's own, so that it is not packed, and has `content`. */
function render(content: string, target: TargetName, envelope: EnvelopeName | 'auto'): Rendered {
  return renderUserData({
    files: [{ path: '/own', content: `${content}\n`, mode: 0o644, phase: 'boot', secret: false }],
    target: 'golden',
    authorizedKeys: [],
    title: 'flexgen: a test',
    name: '',
    output: { target, envelope, url: null },
    merge: null,
  });
}

const counted = (result: Rendered): number => {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.counted;
};

const codes = (result: Rendered): readonly string[] =>
  result.ok ? [] : result.errors.map(({ code }) => code);

suite('the limit of a target', () => {
  /** Bytes that a target counts by the envelope that it is handed as it is: all are known before one is over. */
  const limits: readonly (readonly [TargetName, EnvelopeName, number])[] = [
    ['any', 'plain', 16_384],
    ['aws', 'plain', 16_384],
    ['azure', 'plain', 65_535],
    ['gcp', 'plain', 262_144],
    // The most in base64 that is no more than 65,535.
    ['openstack', 'plain', 65_532],
    ['vsphere', 'base64', 65_536],
    ['digitalocean', 'plain', 65_536],
    ['hetzner', 'plain', 32_768],
    ['linode', 'plain', 16_384],
    ['oxide', 'plain', 32_768],
    ['kubevirt', 'plain', 1_048_576],
    ['terraform', 'external', 16_384],
    // The same counted before base64, and after it.
    ['aws', 'base64', 16_384],
    ['hetzner', 'base64', 32_768],
  ];

  for (const [target, envelope, limit] of limits) {
    test(`${target}, ${envelope}: ${limit} bytes fit, and not one more`, () => {
      const { counts } = targets[target];
      const inBase64 = counts === 'base64' || (counts === 'delivered' && envelope === 'base64');
      const text = inBase64 ? (limit / 4) * 3 : limit;
      const frame = Buffer.byteLength(String(plain(render('', 'any', 'plain'))));
      const most = 'x'.repeat(text - frame);
      assert.equal(counted(render(most, target, envelope)), limit);
      assert.deepEqual(codes(render(`${most}x`, target, envelope)), ['render/too-big']);
    });
  }

  test('aws, gzip: 16384 bytes fit, and not one more', () => {
    const size = (length: number): Rendered => render(noise(length), 'aws', 'gzip');
    let [fits, over] = [20_000, 30_000];
    while (over - fits > 1) {
      const middle = (fits + over) >> 1;
      if (size(middle).ok) fits = middle;
      else over = middle;
    }
    // Of several lengths near it each number of bytes is one.
    const near = Array.from({ length: 40 }, (_, index) => size(fits - 20 + index));
    const bytes = near.flatMap((result) => (result.ok ? [result.value.bytes.length] : []));
    assert.equal(Math.max(...bytes), 16_384);
    const messages = near.flatMap((result) => (result.ok ? [] : result.errors.map(({ message }) => message)));
    assert.ok(
      messages.includes('the payload has 16,385 bytes, 1 more than the 16,384 that Amazon EC2 takes'),
      messages.join('\n'),
    );
  });

  test('where there is none', () => {
    for (const target of ['proxmox', 'libvirt', 'hyperv'] as const) {
      const result = render('x'.repeat(2_000_000), target, 'auto');
      assert.ok(result.ok);
      assert.equal(result.value.limit, null);
    }
    const drive = render('x'.repeat(200_000), 'any', 'nocloud-iso');
    assert.ok(drive.ok);
    assert.equal(drive.value.limit, null);
  });
});

function plain(result: Rendered): string | Uint8Array {
  assert.ok(result.ok);
  return result.value.bytes;
}

suite('auto', () => {
  const choice = (content: string, target: TargetName): string => {
    const result = render(content, target, 'auto');
    return result.ok ? `${result.value.envelope} ${result.value.counted}` : codes(result).join();
  };

  test('is plain text wherever that fits', () => {
    const chosen = targetNames.map((target) => [target, choice('a', target).split(' ')[0]] as const);
    assert.deepEqual(
      chosen.filter(([, envelope]) => envelope !== 'plain'),
      [
        ['vsphere', 'guestinfo'],
        ['hyperv', 'nocloud-iso'],
        ['terraform', 'external'],
      ],
    );
  });

  test('is gzipped where it must be and may be', () => {
    const content = 'a line like any other\n'.repeat(4000);
    const chosen = targetNames.map((target) => [target, choice(content, target).split(' ')[0]]);
    assert.deepEqual(Object.fromEntries(chosen), {
      any: 'render/too-big',
      aws: 'gzip',
      azure: 'gzip',
      gcp: 'plain',
      openstack: 'gzip',
      vsphere: 'guestinfo',
      proxmox: 'plain',
      libvirt: 'plain',
      hyperv: 'nocloud-iso',
      digitalocean: 'render/too-big',
      hetzner: 'gzip-base64',
      linode: 'gzip-base64',
      oxide: 'gzip',
      kubevirt: 'plain',
      terraform: 'render/too-big',
    });
  });

  test('tells what else would fit', () => {
    const result = render('a line like any other\n'.repeat(4000), 'any', 'auto');
    assert.ok(!result.ok);
    const [error] = result.errors;
    assert.match(error?.hint ?? '', /^`--envelope gzip` makes it \d{3} bytes$/);
    const none = render(noise(200_000), 'digitalocean', 'auto');
    assert.ok(!none.ok);
    assert.equal(none.errors[0]?.hint, '`--envelope include` serves it from a URL of yours');
  });
});

suite('what a target takes', () => {
  for (const target of targetNames) {
    test(target, () => {
      const { envelopes: taken, auto } = targets[target];
      assert.deepEqual([...new Set(taken)], taken);
      for (const name of auto) assert.ok(taken.includes(name));
      const refused = envelopeNames.filter((name) => !taken.includes(name));
      for (const name of refused) {
        const result = render('a', target, name);
        assert.ok(!result.ok);
        assert.deepEqual(
          result.errors.map(({ code, hint }) => [code, hint]),
          [['render/envelope', `take one of: auto, ${taken.join(', ')}`]],
        );
      }
      for (const name of taken) {
        if (envelopes[name].hosted !== true) assert.equal(counted(render('a', target, name)) > 0, true, name);
      }
    });
  }

  test('include must have a URL', () => {
    const result = render('a', 'aws', 'include');
    assert.ok(!result.ok);
    assert.equal(result.errors[0]?.message, '`include` must know where the machine will find the payload');
  });
});
