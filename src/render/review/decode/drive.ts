import type { Allowance } from './allowance.ts';
import { Damaged } from './damaged.ts';
import { isFat, readFat } from './fat.ts';
import { isIso, readIso } from './iso.ts';
import { kindOfText } from './kinds.ts';
import type { PartKind } from './kinds.ts';
import type { Part } from './part.ts';
import { userDataParts } from './user-data.ts';
import type { Piece } from './user-data.ts';
import type { Disk } from './volume.ts';

/** What cloud-init reads from a drive, by its path there. */
interface Layout {
  /** The label that cloud-init looks for. */
  readonly label: string;
  readonly userData: string;
  readonly others: readonly (readonly [string, PartKind])[];
}

const layouts = {
  nocloud: {
    label: 'cidata',
    userData: 'user-data',
    others: [
      ['meta-data', 'meta-data'],
      ['vendor-data', 'vendor-data'],
      ['network-config', 'network-config'],
    ],
  },
  configdrive: {
    label: 'config-2',
    userData: 'openstack/latest/user_data',
    others: [
      ['openstack/latest/meta_data.json', 'meta-data'],
      ['openstack/latest/vendor_data.json', 'vendor-data'],
      ['openstack/latest/vendor_data2.json', 'vendor-data'],
      ['openstack/latest/network_data.json', 'network-config'],
    ],
  },
} as const satisfies Record<string, Layout>;

export const isDrive = (bytes: Uint8Array): boolean => isIso(bytes) || isFat(bytes);

/** A part that is data, or a vendor's own cloud-config or script. */
function other(
  name: string,
  kind: PartKind,
  bytes: Uint8Array,
  via: readonly string[],
  allowance: Allowance,
) {
  const text = Buffer.from(bytes).toString('utf8');
  if (kind === 'vendor-data' && kindOfText(text) !== undefined)
    return userDataParts({ bytes, name, via }, allowance);
  return [
    { kind, name, via, text, jinja: false, everyBoot: false, mergeType: null, notes: [] } satisfies Part,
  ];
}

/** What cloud-init finds on a drive. */
interface DriveContent {
  readonly userData: Piece;
  readonly others: readonly Part[];
}

function contentOf(disk: Disk, form: 'iso' | 'vfat', allowance: Allowance): DriveContent {
  const lower = new Map([...disk.files].map(([path, bytes]) => [path.toLowerCase(), bytes]));
  const found = Object.entries(layouts).find(([, { userData }]) => lower.has(userData));
  if (found === undefined) {
    throw new Damaged(
      `its disk image (label ${JSON.stringify(disk.label)}) has neither user-data nor openstack/latest/user_data`,
      'cloud-init reads a drive with the label cidata or config-2',
      'unknown',
    );
  }
  const [name, { label, userData, others }] = found;
  const via = [name === 'configdrive' && form === 'iso' ? name : `${name}-${form}`];
  const known: ReadonlySet<string> = new Set([userData, ...others.map(([path]) => path)]);
  const notes = [
    ...(disk.label.toLowerCase() === label
      ? []
      : [`the drive’s label is ${JSON.stringify(disk.label)}, and cloud-init looks for ${label}`]),
    ...[...lower.keys()]
      .filter((path) => !known.has(path))
      .map((path) => `nothing reads ${path} of the drive`),
  ];
  const bytes = lower.get(userData) ?? Buffer.alloc(0);
  const rest = others.flatMap(([path, kind]) => {
    const content = lower.get(path);
    if (content === undefined || content.length === 0) return [];
    allowance.part();
    return other(path.split('/').at(-1) ?? path, kind, content, via, allowance);
  });
  return { userData: { bytes, name: 'user-data', via, notes }, others: rest };
}

/** What is on a drive for cloud-init. */
export function driveContent(bytes: Uint8Array, allowance: Allowance): DriveContent {
  return isIso(bytes)
    ? contentOf(readIso(bytes, allowance), 'iso', allowance)
    : contentOf(readFat(bytes, allowance), 'vfat', allowance);
}
