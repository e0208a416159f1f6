import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hostile, quoted } from '../characters.ts';
import { createRig } from '../run.ts';
import { sampleFiles } from '../sample.ts';

/** A config that has the value wherever a text may stand. */
function everywhere(value: string): string {
  const at = quoted(value);
  return `apiVersion: flexgen/v1
cluster:
  name: ${at}
  server: ${quoted(`https://${value}`)}
  ca: { file: ca.pem }
  kubernetesVersion: ${at}
  clusterDNS: ${at}
  clusterDomain: ${at}
  podCIDRs: [${at}]
auth:
  mode: service-principal
  clientId: ${at}
  tenantId: ${at}
  secret: { env: ${at} }
  authority: ${quoted(`https://${value}`)}
node:
  name: ${at}
  os: ${at}
  ip: { interface: ${at} }
  labels: { site: ${at}, ${at}: edge }
  taints: [${quoted(`${value}=edge:NoSchedule`)}, ${quoted(`dedicated=${value}:NoSchedule`)}]
network: { mode: bridge, podCIDR: ${at} }
versions: { containerd: ${at} }
runtime:
  pauseImage: ${quoted(`example.com/${value}:1`)}
  registryMirrors: { ${at}: [${quoted(`https://${value}`)}] }
artifacts: { mirror: ${quoted(`https://${value}`)} }
proxy: { http: ${quoted(`http://${value}:3128`)}, noProxy: [${at}] }
ssh: { authorizedKeys: [${at}] }
`;
}

/** The lines of `everywhere` that must be refused: all that hold the value. */
const places = [
  3, 4, 6, 7, 8, 9, 12, 13, 14, 15, 17, 18, 19, 20, 20, 21, 21, 22, 23, 25, 26, 26, 27, 28, 28, 29,
];

suite('a value with a character that means something elsewhere', { concurrency: 2 }, () => {
  for (const [name, value] of Object.entries(hostile)) {
    test(`${name} is refused wherever it stands`, async (t) => {
      const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': everywhere(value) });
      const there = rig.files();
      const { exitCode, stdout, stderr } = await rig.flexgen(['cloud-init', '--out', 'user-data.yaml']);
      assert.equal(exitCode, 3);
      assert.equal(stdout, '');
      const refused = new Set(stderr.match(/(?<=^ *--> flexgen\.yaml:)\d+:\d+$/gm));
      assert.deepEqual(
        Array.from(refused, (place) => Number.parseInt(place, 10)),
        places,
        stderr,
      );
      // What a terminal would act on is shown as a picture of it.
      assert.doesNotMatch(stderr, /[^\P{Cc}\n]|\u2028/u);
      assert.deepEqual(rig.files(), there);
    });
  }
});
