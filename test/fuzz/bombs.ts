import { gzipSync } from 'node:zlib';
import { envelopes } from '../../src/render/cloud-init/envelopes/index.ts';

const plain = '#cloud-config\nruncmd: [echo hello]\n';
const mebibyte = 1 << 20;

const drive = (name: 'nocloud-iso' | 'nocloud-vfat'): Buffer =>
  Buffer.from(envelopes[name].wrap({ userData: plain, name: 'a' }));

/** A FAT12 image of one cluster per sector, with this root folder and its first cluster pointing at `next`. */
function fat(root: Buffer, next: number, sectors: number, data = Buffer.alloc(512)): Buffer {
  const boot = Buffer.alloc(512);
  boot.writeUInt16LE(512, 11);
  boot.writeUInt8(1, 13);
  boot.writeUInt16LE(1, 14);
  boot.writeUInt8(1, 16);
  boot.writeUInt16LE(root.length / 32, 17);
  boot.writeUInt32LE(sectors, 32);
  boot.writeUInt32LE(128, 36);
  boot.writeUInt16LE(0xaa55, 510);
  const table = Buffer.alloc(512 * boot.readUInt32LE(36));
  for (let at = 0; at < table.length; at += 4) table.writeUInt32LE(next, at);
  return Buffer.concat([boot, table, root, data]);
}

function entry(name: string, cluster: number, size: number, isFolder = false): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.write(name.padEnd(11), 'latin1');
  bytes.writeUInt8(isFolder ? 0x10 : 0x20, 11);
  bytes.writeUInt16LE(cluster & 0xffff, 26);
  bytes.writeUInt16LE(cluster >>> 16, 20);
  bytes.writeUInt32LE(size, 28);
  return bytes;
}

const sectorOf = (...entries: readonly Buffer[]): Buffer => {
  const all = Buffer.concat(entries);
  return Buffer.concat([all, Buffer.alloc(Math.ceil(all.length / 512) * 512 - all.length)]);
};

/** As many files as allowed, each with all clusters of the image as its content. */
function fatOfOneChain(): Buffer {
  const clusters = 8 * 2048;
  const root = sectorOf(
    ...Array.from({ length: 4000 }, (_, index) => entry(`F${index}`, 2, clusters * 512 - 1024)),
  );
  const image = fat(root, 0, 2_000_000, Buffer.alloc(clusters * 512));
  const table = image.subarray(512, 512 + 128 * 512);
  for (let at = 0; at < table.length; at += 4) table.writeUInt32LE(at / 4 + 1, at);
  return image;
}

/** Each record of the root folder names itself in an area that is as large as the image. */
function isoOfNames(): Buffer {
  const image = Buffer.concat([drive('nocloud-iso'), Buffer.alloc(2 * mebibyte)]);
  const at = image.length - 2 * mebibyte;
  // NM entries, which put a name together piece by piece.
  for (let place = at + mebibyte; place + 255 <= image.length; place += 255) {
    image.write('NM', place, 'latin1');
    image.writeUInt8(255, place + 2);
    image.fill(0x61, place + 5, place + 255);
  }
  const record = Buffer.alloc(34 + 28);
  record.writeUInt8(record.length, 0);
  record.writeUInt8(1, 32);
  record.write('x', 33, 'latin1');
  record.write('CE', 34, 'latin1');
  record.writeUInt8(28, 36);
  record.writeUInt32LE((at + mebibyte) / 2048, 38);
  record.writeUInt32LE(0, 46);
  record.writeUInt32LE(mebibyte, 54);
  for (let sector = at; sector < at + mebibyte; sector += 2048)
    for (let place = sector; place + record.length <= sector + 2048; place += record.length)
      record.copy(image, place);
  // The root: of both trees, if there are two.
  for (let descriptor = 16 * 2048; image[descriptor] !== 255; descriptor += 2048) {
    image.writeUInt32LE(at / 2048, descriptor + 156 + 2);
    image.writeUInt32LE(mebibyte, descriptor + 156 + 10);
  }
  image.write('SP', at + 40, 'latin1');
  return image;
}

/** A folder that is in itself, many times. */
function isoInACircle(): Buffer {
  const image = drive('nocloud-iso');
  for (let descriptor = 16 * 2048; image[descriptor] !== 255; descriptor += 2048) {
    const root = image.readUInt32LE(descriptor + 156 + 2);
    const size = image.readUInt32LE(descriptor + 156 + 10);
    for (let at = root * 2048; at < root * 2048 + size; at += image.readUInt8(at)) {
      if (image.readUInt8(at) === 0) break;
      image.writeUInt32LE(root, at + 2);
      image.writeUInt32LE(size, at + 10);
      image.writeUInt8(2, at + 25);
    }
  }
  return image;
}

/** A header of a tar archive whose checksum is right. */
export function tarHeader(name: string, size: string, type = '0', link = '', mode = '0000644'): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 'latin1');
  header.write(`${mode}\0`, 100, 'latin1');
  header.write('0000000\0', 108, 'latin1');
  header.write('0000000\0', 116, 'latin1');
  header.write(`${size}\0`, 124, 'latin1');
  header.write('00000000000\0', 136, 'latin1');
  header.write(type, 156, 'latin1');
  header.write(link, 157, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

const writes = (content: Uint8Array): string =>
  `#cloud-config\nwrite_files: [{ path: /a.tar, encoding: gz+b64, content: ${gzipSync(content).toString('base64')} }]\n`;

const mime = (header: string, body: string): string =>
  `Content-Type: multipart/mixed; boundary="b"${header}\nMIME-Version: 1.0\n\n${body}`;

const tower = (levels: number): string =>
  Array.from({ length: levels }).reduce<string>((text) => Buffer.from(text).toString('base64'), plain);

const gzips = (levels: number): Buffer =>
  Array.from({ length: levels }).reduce<Buffer>((bytes) => gzipSync(bytes), Buffer.from(plain));

const million = 1_000_000;

/** Small or middling files that are made to take all memory, or all time, of whoever unfolds them. */
export const bombs: Readonly<Record<string, () => string | Uint8Array>> = {
  'gzip of zeros': () => gzipSync(Buffer.alloc(256 * mebibyte)),
  'gzip within gzip': () => gzips(100),
  'gzip in thousands of members': () => Buffer.concat(Array.from({ length: 3000 }, () => gzipSync(plain))),
  'a tower of base64': () => tower(24),
  'MIME of a million parts': () => mime('', '--b\n'.repeat(million)),
  'MIME in MIME': () =>
    Array.from({ length: 2000 }).reduce<string>(
      (inner, _, n) => `Content-Type: multipart/mixed; boundary="b${n}"\n\n--b${n}\n${inner}\n--b${n}--\n`,
      plain,
    ),
  'MIME with a header of quotes that never close': () =>
    mime(';boundary="x\\"'.repeat(400_000), '--b\n\na\n--b--\n').replace('boundary="b"', 'a=b'),
  'MIME with half a million headers': () => mime('\na: b'.repeat(million / 2), '--b\n\na\n--b--\n'),
  'quoted-printable of blanks': () =>
    mime('', `--b\nContent-Transfer-Encoding: quoted-printable\n\n#!${' '.repeat(million)}\n--b--\n`),
  'keys of a virtual machine that never end': () => 'guestinfo.userdata.'.repeat(100_000),
  'empty lines before a Kubernetes object': () => `a${'\n'.repeat(million)}x: kind`,
  'thousands of YAML documents': () => `kind: a\n${'---\n'.repeat(million)}`,
  'YAML that nests': () => `#cloud-config\na: ${'['.repeat(million)}`,
  'aliases of YAML': () =>
    `#cloud-config\na0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n},*a${n}]\n`).join('')}`,
  'aliases of a long text': () =>
    `#cloud-config\na: &a "${'x'.repeat(900_000)}"\nruncmd: [${'*a,'.repeat(99)}]\n`,
  'an archive of cloud-configs in itself': () =>
    Array.from({ length: 300 }).reduce<string>(
      (inner) => `#cloud-config-archive\n- |\n${inner.replace(/^/gm, ' ')}\n`,
      plain,
    ),
  'an archive that tells sizes below zero': () =>
    writes(Buffer.concat([tarHeader('a', '-2000', 'x'), Buffer.alloc(1024)])),
  'an archive that tells more than it has': () => writes(tarHeader('a', '77777777777')),
  'an archive of thousands of empty files': () =>
    writes(Buffer.concat(Array.from({ length: 20_000 }, () => tarHeader('a', '0')))),
  'a disk whose file leads in a circle': () => fat(sectorOf(entry('USER-DAT', 2, 100)), 2, 0xffff_ffff),
  'a disk whose folder leads in a circle': () => fat(sectorOf(entry('A', 2, 0, true)), 2, 0xffff_ffff),
  'a disk of many files that share their content': fatOfOneChain,
  'a disk that is all folder': () =>
    fat(
      Buffer.concat(Array.from({ length: 2000 }, () => entry('A', 0, 0, true))).subarray(0, 62 * 1024),
      0,
      100_000,
    ),
  'a CD whose names are everywhere': isoOfNames,
  'a CD in a circle': isoInACircle,
  'a script on one line': () => `#!/bin/sh\n${'password=$x token="a\\"b '.repeat(400_000)}`,
  'a script of base64': () => `#!/bin/sh\n${`${'A'.repeat(60)}\n`.repeat(200_000)}`,
  'a script of keys that never end': () => `#!/bin/sh\n${'-----BEGIN PRIVATE KEY-----\n'.repeat(200_000)}`,
  'a script of tokens': () =>
    `#!/bin/sh\n${Array.from({ length: 100_000 }, (_, n) => `token=${n.toString(36).padStart(16, 'q')}\n`).join('')}`,
  'a million commands': () => `#cloud-config\nruncmd: [${'a,'.repeat(500_000)}a]\n`,
};
