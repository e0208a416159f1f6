import { commands, config } from '../case.ts';
import type { Cases } from '../case.ts';
import { starter } from '../given.ts';

/** Images for many nodes. */
export const bake: Cases = {
  'Bake a golden image': [
    commands({
      prepare(place) {
        starter(place);
        place.standIn(
          'packer',
          '[[ $1 == init || $1 == build ]] && [[ $# == 2 ]] && ls "$2"/*.pkr.hcl >/dev/null',
        );
      },
    }),
    config(),
  ],
};
