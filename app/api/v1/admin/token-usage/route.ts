import { getTokenUsage } from '#lib/api/operations/machine.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { monthOf } from '#lib/machine/months.ts';
import { usageReport } from '#lib/machine/usage-report.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(getTokenUsage, async ({ query }) => {
    const { month, clients } = await usageReport(query.month ?? monthOf(Date.now()));
    const described = clients.map(({ clientId, ...rest }) => ({ client_id: clientId, ...rest }));
    return { status: 200, body: { month, clients: described } };
  }),
);
