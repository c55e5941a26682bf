import { type Access, asking, connect } from './client';

const RENEW_MS = 60_000;

/**
 * Does something with a token that a platform lends: the variables with which code finds both. It is renewed meanwhile and
 * taken back at the end; where this process is killed it ends by itself.
 */
export async function withLentToken<Value>(
  access: Access,
  name: string,
  act: (variables: { BRINE_URL: string; BRINE_TOKEN: string }) => Promise<Value>,
): Promise<Value> {
  const { tokens } = connect(access);
  const { id, token } = await asking(tokens.lend.mutate({ name }));
  // A platform that is away for a moment is asked again.
  const timer = setInterval(() => void tokens.renew.mutate({ id }).catch(() => undefined), RENEW_MS);
  try {
    return await act({ BRINE_URL: access.origin, BRINE_TOKEN: token });
  } finally {
    clearInterval(timer);
    await tokens.revoke.mutate({ id }).catch(() => undefined);
  }
}
