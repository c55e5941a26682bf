import type { OptimadeError, Warning } from './errors';
import { API_VERSION, provider, type Site } from './site';

/** JSON:API's outermost object around data, as OPTIMADE fills it. */
export interface Envelope {
  data: unknown;
  included?: unknown[];
  links?: Record<string, string | null>;
  returned?: number;
  available?: number;
  hasMore?: boolean;
  warnings?: Warning[];
}

export interface Asked {
  site: Site;
  /** Path and query behind the base address, as the client wrote them. */
  representation: string;
}

export function writeEnvelope(envelope: Envelope, asked: Asked): Record<string, unknown> {
  const { data, included, links, returned, available, hasMore = false, warnings = [] } = envelope;
  return {
    data,
    ...(included ? { included } : {}),
    ...(links ? { links } : {}),
    meta: {
      ...metaOf(asked, hasMore),
      ...(returned === undefined ? {} : { data_returned: returned }),
      ...(available === undefined ? {} : { data_available: available }),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
  };
}

export function writeErrors(error: OptimadeError, asked: Asked): Record<string, unknown> {
  const { status, title, message } = error;
  return { errors: [{ status: String(status), title, detail: message }], meta: metaOf(asked, false) };
}

const metaOf = ({ site, representation }: Asked, hasMore: boolean) => ({
  query: { representation },
  api_version: API_VERSION,
  schema: `https://schemas.optimade.org/openapi/v1.2/optimade.json`,
  time_stamp: new Date().toISOString().replace(/\.\d{3}Z$/, 'Z'),
  more_data_available: hasMore,
  provider,
  implementation: { name: 'Brine', version: site.softwareVersion },
});
