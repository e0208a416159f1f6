import { script, staticFile } from '../files.ts';
import type { Part } from '../plan.ts';

/** The boot itself: one unit, its scripts, and the command for the person at the console. */
export const flexgen: Part = ({ templates }) => ({
  files: [
    script(templates, '/usr/local/lib/flexgen/lib.sh', { mode: 0o644 }),
    script(templates, '/usr/local/lib/flexgen/install'),
    script(templates, '/usr/local/lib/flexgen/join'),
    script(templates, '/usr/local/bin/flexgen-node'),
    staticFile(templates, '/etc/systemd/system/flexgen.service'),
  ],
});
