import type { Answer, ReadRequest } from './http.ts';

interface Cut {
  readonly when: 'before' | 'after';
  readonly method: string;
  readonly path: RegExp;
  left: number;
}

/** Cuts the connections of some requests, before or after they are served. */
export interface Cuts {
  plan(when: Cut['when'], method: string, path: RegExp, count: number): void;
  serve(request: ReadRequest, answer: () => Answer): Answer;
}

export function createCuts(): Cuts {
  const cuts: Cut[] = [];
  return {
    plan: (when, method, path, count) => {
      cuts.push({ when, method, path, left: count });
    },
    serve: ({ method, path }, answer) => {
      const cut = cuts.find((one) => one.left > 0 && one.method === method && one.path.test(path));
      if (cut === undefined) return answer();
      cut.left -= 1;
      return cut.when === 'before' ? { status: 0, body: null, cut: true } : { ...answer(), cut: true };
    },
  };
}
