import {
  fingerprint,
  machineName,
  nodePath,
  packageVersion,
  region,
  resourceGroup,
  tagName,
  tagValue,
} from './arc.ts';
import { cidr } from './cidr.ts';
import { domain, hostName, nodeName } from './dns.ts';
import { tokenLife, wait } from './duration.ts';
import { ip } from './ip.ts';
import { labelKey, labelValue } from './label.ts';
import { clusterName, envName, guid, image, interfaceName, version } from './names.ts';
import { checksum, diskSize, goDuration } from './packer.ts';
import { pem } from './pem.ts';
import { resourceId } from './resource-id.ts';
import { signIn } from './sign-in.ts';
import { sshKey } from './ssh-key.ts';
import { taint } from './taint.ts';
import { artifactMirror, httpsUrl, mirrorUrl, noProxy, proxyUrl, registryHost, username } from './url.ts';
import type { Check } from './value-problem.ts';

/** What the schema's `format` stands for. */
export const formats: Readonly<Record<string, Check>> = {
  'checksum': checksum,
  'cidr': cidr,
  'cluster-name': clusterName,
  'disk-size': diskSize,
  'domain': domain,
  'env-name': envName,
  'fingerprint': fingerprint,
  'go-duration': goDuration,
  'guid': guid,
  'host-name': hostName,
  'https-url': httpsUrl,
  'image': image,
  'interface': interfaceName,
  'ip': ip,
  'label-key': labelKey,
  'label-value': labelValue,
  'machine-name': machineName,
  'artifact-mirror': artifactMirror,
  'mirror-url': mirrorUrl,
  'no-proxy': noProxy,
  'node-name': nodeName,
  'node-path': nodePath,
  'package-version': packageVersion,
  'pem': pem,
  'proxy-url': proxyUrl,
  'registry-host': registryHost,
  'region': region,
  'resource-group': resourceGroup,
  'resource-id': resourceId,
  'sign-in': signIn,
  'ssh-key': sshKey,
  'tag-name': tagName,
  'tag-value': tagValue,
  'taint': taint,
  'token-life': tokenLife,
  'username': username,
  'version': version,
  'wait': wait,
};
