import { recordBare } from '../timings.ts';
import type { Scenario } from '../scenario.ts';

export const bareBoot: Scenario = {
  name: 'a machine that is given nothing boots, for the boots of nodes to be compared with',
  runs: [{ setting: 'qemu', release: 'debian-13' }],
  async play(stage) {
    await recordBare(stage, await stage.boot({}, { without: '#cloud-config\n{}\n' }));
  },
};
