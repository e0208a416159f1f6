import { cpus, flag, memory, sshTimeout } from '../properties.ts';
import type { ImageSource, PerMachine } from '../source.ts';

interface CloudImage {
  readonly folder: string;
  readonly name: string;
  readonly sums: string;
}

const ubuntu =
  (release: string) =>
  (arch: string): CloudImage => ({
    folder: `https://cloud-images.ubuntu.com/releases/${release}/release`,
    name: `ubuntu-${release}-server-cloudimg-${arch}.img`,
    sums: 'SHA256SUMS',
  });

// `generic`: the kernel of `genericcloud` lacks the drivers of other machines than QEMU's.
const debian =
  (release: string, number: number) =>
  (arch: string): CloudImage => ({
    folder: `https://cloud.debian.org/images/cloud/${release}/latest`,
    name: `debian-${number}-generic-${arch}.qcow2`,
    sums: 'SHA512SUMS',
  });

const cloudImages: PerMachine<CloudImage> = {
  'ubuntu-22.04': ubuntu('22.04'),
  'ubuntu-24.04': ubuntu('24.04'),
  'debian-12': debian('bookworm', 12),
  'debian-13': debian('trixie', 13),
};

const emulators = {
  amd64: { binary: 'qemu-system-x86_64', machineType: 'q35', args: [['-cpu', 'max']] },
  arm64: {
    binary: 'qemu-system-aarch64',
    machineType: 'virt',
    // Where the package qemu-efi-aarch64 of Debian and Ubuntu has it.
    args: [
      ['-cpu', 'max'],
      ['-bios', '/usr/share/qemu-efi-aarch64/QEMU_EFI.fd'],
    ],
  },
} as const;

export const qemu: ImageSource = {
  kind: 'qemu',
  summary: 'a qcow2 disk, baked under QEMU on this machine from a cloud image',
  builder: 'qemu',
  plugin: { source: 'github.com/hashicorp/qemu', version: '~> 1.1' },
  seeded: true,
  properties: {
    url: {
      type: 'string',
      minLength: 1,
      description:
        'The cloud image that the bake starts from: a URL or a path. Default: that of Canonical or Debian.',
      examples: ['https://images.corp.example/noble-20261101.img'],
    },
    checksum: {
      type: 'string',
      format: 'checksum',
      description:
        'Its checksum, or `file:` and the URL of a list of them. Default: the list beside the image.',
      examples: ['sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    },
    diskSize: {
      type: 'string',
      format: 'disk-size',
      default: '20G',
      description: 'The size of the image’s disk.',
      examples: ['20G'],
    },
    memory,
    cpus,
    accelerator: {
      enum: ['kvm', 'tcg', 'hvf', 'whpx', 'none'],
      default: 'kvm',
      description: 'What QEMU runs the machine with; `tcg` needs no support of the processor, and is slow.',
      examples: ['tcg'],
    },
    machineType: {
      type: 'string',
      minLength: 1,
      description: 'QEMU’s `-machine`. Default: q35, or virt for arm64.',
      examples: ['q35'],
    },
    binary: {
      type: 'string',
      minLength: 1,
      description: 'The QEMU to run. Default: that of the image’s architecture.',
      examples: ['/usr/local/bin/qemu-system-x86_64'],
    },
    args: {
      type: 'array',
      items: {
        type: 'array',
        items: { type: 'string', description: 'A word of the argument.', examples: ['-cpu'] },
        minItems: 1,
        description: 'An argument with its values.',
        examples: [['-cpu', 'max']],
      },
      description:
        'Further arguments of QEMU, which replace those of the same name; Packer’s `{{ .SSHHostPort }}` may stand in them. Default: `-cpu max`, and UEFI for arm64.',
      examples: [[['-cpu', 'host']]],
    },
    output: {
      type: 'string',
      minLength: 1,
      default: 'output',
      description: 'The folder that Packer makes for the image, relative to where Packer is started.',
      examples: ['output'],
    },
    headless: flag('Whether the machine has no window.', true),
    sshTimeout,
  },
  required: [],
  templated: ['args'],
  problems: ({ url, checksum }) =>
    url === undefined || checksum !== undefined
      ? []
      : [
          {
            key: 'checksum',
            message: 'nothing says the checksum of this image',
            hint: 'add `checksum: sha256:…`',
          },
        ],
  defaults: ({ os, arch }) => {
    const { folder, name, sums } = cloudImages[os](arch);
    return { url: `${folder}/${name}`, checksum: `file:${folder}/${sums}`, ...emulators[arch] };
  },
};
