import type { Result } from '../../diagnostics/diagnostic.ts';
import type { ApiServer } from '../../kubernetes/api-server.ts';
import { ClusterRefused } from '../../kubernetes/refused.ts';

/** The API server for longer than a sign-in holds: one that has run out is renewed with `open`, and the call made again. */
export function renewing(first: ApiServer, open: () => Promise<Result<ApiServer>>): ApiServer {
  let api = first;
  return {
    server: first.server,
    time: () => api.time(),
    async call(call) {
      try {
        return await api.call(call);
      } catch (error) {
        if (!(error instanceof ClusterRefused) || error.status !== 401) throw error;
        const again = await open();
        if (!again.ok) throw error;
        api = again.value;
        return await api.call(call);
      }
    },
  };
}
