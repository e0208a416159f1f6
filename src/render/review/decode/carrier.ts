import { isMap, jsonIn } from '../../../config/data.ts';
import type { DataMap } from '../../../config/data.ts';
import type { Allowance } from './allowance.ts';
import { fromBase64 } from './base64.ts';
import type { Piece } from './user-data.ts';
import { readYaml } from './yaml.ts';

const textIn = (mapping: DataMap, key: string): string | undefined => {
  const value = mapping[key];
  return typeof value === 'string' ? value : undefined;
};

/** User-data of a carrier, and whether that says that it is base64. */
const piece = (text: string, isBase64: boolean, via: string): Piece =>
  isBase64
    ? { bytes: fromBase64(text), name: 'user-data', via: [via, 'base64'] }
    : { bytes: Buffer.from(text), name: 'user-data', via: [via] };

/** The keys of a virtual machine of vSphere, from JSON, a VMX file or `govc`'s arguments. */
function guestinfo(text: string): DataMap | undefined {
  if (!/guestinfo\.userdata/i.test(text)) return undefined;
  const pairs = [
    ...text.matchAll(/(?<![\w.])(guestinfo\.[\w.]+)["']?\s*[:=]\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}]+))/g),
  ];
  return Object.fromEntries(
    pairs.map(([, key = '', double, single, bare]) => [key.toLowerCase(), double ?? single ?? bare ?? '']),
  );
}

/** What Terraform's data source `external` gives. */
function json(text: string): DataMap | undefined {
  const value = jsonIn(text);
  return isMap(value) ? value : undefined;
}

/** Where a Kubernetes object holds user-data: Cluster API's Secret, KubeVirt's Secret and volumes. */
function inObject(value: unknown, depth = 0): Piece | undefined {
  if (depth > 16 || typeof value !== 'object' || value === null) return undefined;
  if (!isMap(value)) {
    for (const one of Object.values(value)) {
      const found = inObject(one, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const plain = textIn(value, 'userData');
  if (plain !== undefined) return piece(plain, false, 'kubernetes');
  const encoded = textIn(value, 'userDataBase64');
  if (encoded !== undefined) return piece(encoded, true, 'kubernetes');
  if (value['kind'] === 'Secret') {
    for (const [key, isBase64] of [['data', true] as const, ['stringData', false] as const]) {
      const data = value[key];
      if (!isMap(data)) continue;
      const text =
        textIn(data, 'userdata') ??
        textIn(data, 'userData') ??
        textIn(data, 'user-data') ??
        textIn(data, 'value');
      if (text !== undefined) return piece(text, isBase64, 'kubernetes');
    }
  }
  return inObject(Object.values(value), depth + 1);
}

/** Nobody's manifests have more, and to read them takes time. */
const [mostDocuments, mostYaml] = [1000, 4 << 20];

function kubernetes(text: string): Piece | undefined {
  if (!/^[ \t]*["']?kind["']?:/m.test(text)) return undefined;
  let left = mostYaml;
  for (const document of text.split(/^---.*$/m, mostDocuments)) {
    left -= document.length;
    if (left < 0) return undefined;
    const read = readYaml(document);
    const found = 'value' in read ? inObject(read.value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** User-data that something else carries: a virtual machine's keys, Terraform's JSON, a Kubernetes object. */
export function carried(bytes: Uint8Array, allowance: Allowance): Piece | undefined {
  // What cloud-init reads starts otherwise, and may speak of all of these.
  const text = Buffer.from(bytes).toString('utf8');
  if (/^\s*#|^\s*(mime-version|content-type):/i.test(text) && !/^\s*#[^\n]*\n(apiVersion|kind):/.test(text))
    return undefined;
  const keys = guestinfo(text);
  const userData = keys === undefined ? undefined : textIn(keys, 'guestinfo.userdata');
  if (keys !== undefined && userData !== undefined) {
    const encoding = textIn(keys, 'guestinfo.userdata.encoding') ?? '';
    const found = piece(userData, /b64|base64/.test(encoding), 'guestinfo');
    allowance.take(found.bytes.length);
    return found;
  }
  const external = text.trimStart().startsWith('{') ? textIn(json(text) ?? {}, 'user_data') : undefined;
  return external === undefined ? kubernetes(text) : piece(external, false, 'external');
}
