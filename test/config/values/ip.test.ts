import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { contains, overlap, parseCidr, sizeOf } from '../../../src/config/values/cidr.ts';
import { formatAddress, parseAddress } from '../../../src/config/values/ip.ts';

const parsed = (text: string) => {
  const cidr = parseCidr(text);
  assert.ok(cidr !== undefined, text);
  return cidr;
};

test('addresses as Node reads them, but for zones and the mixed form', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[0-9a-f:.]{1,20}$/)), (text) => {
      const mixed = text.includes(':') && text.includes('.');
      assert.equal(parseAddress(text)?.family ?? 0, mixed ? 0 : isIP(text), text);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test('an address comes back as the URL parser writes it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.ipV4(),
        fc.ipV6().filter((text) => !text.includes('.')),
      ),
      (text) => {
        const address = parseAddress(text);
        assert.ok(address !== undefined);
        const host = address.family === 6 ? `[${text}]` : text;
        const { hostname } = new URL(`http://${host}`);
        assert.equal(formatAddress(address), hostname.replace(/[[\]]/g, ''));
      },
    ),
    { numRuns: 2000, seed: 2 },
  );
});

test('a network has no host bits', () => {
  assert.equal(parseCidr('10.0.0.1/8'), undefined);
  assert.equal(parseCidr('10.0.0.0/33'), undefined);
  assert.equal(parseCidr('10.0.0.0/08'), undefined);
  assert.equal(parseCidr('10.0.0.0'), undefined);
  assert.equal(parseCidr('fd00::1/64'), undefined);
  assert.equal(sizeOf(parsed('10.0.0.0/24')), 256n);
  assert.equal(sizeOf(parsed('fd00::/64')), 1n << 64n);
  assert.equal(sizeOf(parsed('0.0.0.0/0')), 1n << 32n);
});

test('networks overlap when one is in the other', () => {
  assert.ok(overlap(parsed('10.0.0.0/8'), parsed('10.255.0.0/16')));
  assert.ok(overlap(parsed('10.255.0.0/16'), parsed('10.0.0.0/8')));
  assert.ok(!overlap(parsed('10.0.0.0/9'), parsed('10.128.0.0/9')));
  assert.ok(!overlap(parsed('0.0.0.0/0'), parsed('::/0')));
  assert.ok(overlap(parsed('0.0.0.0/0'), parsed('255.255.255.255/32')));
});

test('a network contains its addresses', () => {
  const network = parsed('10.8.0.0/16');
  const has = (text: string) => {
    const address = parseAddress(text);
    return address !== undefined && contains(network, address);
  };
  assert.deepEqual(['10.8.0.0', '10.8.255.255', '10.9.0.0', '10.7.255.255', '::1'].map(has), [
    true,
    true,
    false,
    false,
    false,
  ]);
});
