import { link } from '../moments.ts';
import type { Cell, CellStage } from '../cell.ts';
import type { Mirror } from '../../services/mirror.ts';

interface MirrorFault {
  readonly fault: string;
  readonly bring: (mirror: Mirror, path: string) => void;
  /** What the verdict says of the file. */
  readonly says: RegExp;
}

const faults: readonly MirrorFault[] = [
  {
    fault: 'mirror answers 404',
    bring: (mirror, path) => mirror.status(path, 404),
    says: /curl: \(22\) The requested URL returned error: 404 https:\S+/,
  },
  {
    fault: 'mirror answers 500',
    bring: (mirror, path) => mirror.status(path, 500),
    says: /curl: \(22\) The requested URL returned error: 500 https:\S+/,
  },
  {
    // Whoever believed that would be silent for an hour.
    fault: 'mirror answers 429 and asks for an hour',
    bring: (mirror, path) => mirror.status(path, 429, { 'retry-after': '3600' }),
    says: /curl: \(22\) The requested URL returned error: 429 https:\S+/,
  },
  {
    fault: 'mirror sends a hundred bytes a second',
    bring: (mirror, path) => mirror.slow(path),
    says: /curl: \(28\) Operation too slow\. .* https:\S+/,
  },
  {
    fault: 'mirror has another file',
    bring: (mirror, path) => mirror.corrupt(path),
    says: /expected sha256 [0-9a-f]{64}, got [0-9a-f]{64} from https:\S+/,
  },
  {
    fault: 'mirror breaks off in the middle',
    bring: (mirror, path) => mirror.truncate(path),
    says: /curl: \((18|56)\) .* https:\S+/,
  },
  {
    fault: 'mirror answers with a login page',
    bring: (mirror, path) => mirror.page(path),
    says: /expected sha256 [0-9a-f]{64}, got a web page from https:\S+/,
  },
];

/** What each of these steps downloads last. */
const files = { artifacts: 'kubelet', scrub: 'kubectl' } as const;

const downloads = Object.keys(files) as (keyof typeof files)[];

/** While the machine downloads, one file of the mirror is not what it should be. */
const wrongFiles = downloads.flatMap((step) =>
  faults.map(({ fault, bring, says }): Cell => ({
    step,
    fault,
    setting: 'namespaces',
    prepare: async ({ site }) => bring(site.mirror, site.artifacts.path(files[step])),
    verdict: new RegExp(String.raw`FAILED at ${step} \(2[12]\): ${files[step]}: ${says.source}`),
    lift: async ({ site }) => site.mirror.repair(),
  })),
);

/** The cable is pulled in the middle of a download. */
function unplugged(step: keyof typeof files): Cell {
  let reached: Promise<void>;
  const path = ({ site }: CellStage): string => site.artifacts.path(files[step]);
  return {
    step,
    fault: 'network gone',
    setting: 'namespaces',
    prepare: async (stage) => {
      reached = stage.site.mirror.hold(path(stage));
    },
    strike: async (stage, node) => {
      await reached;
      await link.down(stage, node);
      stage.site.mirror.repair(path(stage));
    },
    verdict: new RegExp(String.raw`FAILED at ${step} \(22\): \S+: curl: \((6|7|28|35|56)\) .* https:\S+`),
    lift: link.up,
  };
}

export const mirrorCells: readonly Cell[] = [...wrongFiles, ...downloads.map(unplugged)];
