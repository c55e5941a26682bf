'use client';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { CopyValue } from '../components/CopyValue';
import { HelpLink } from '../help/HelpLink';
import styles from './access.module.css';
import { CreateToken } from './CreateToken';
import { RevokeToken } from './RevokeToken';

/** The tokens of this person, and how a program uses one. */
export function AccessPage({ origin }: { origin: string }) {
  const trpc = useTRPC();
  const { data: tokens } = useSuspenseQuery(trpc.tokens.list.queryOptions());
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Access for programs</h1>
          <p className="soft prose">
            A script or a notebook on any machine submits calculations and reads results over HTTP, with a token.
          </p>
          <HelpLink guide="programs">The HTTP API and the Python client</HelpLink>
        </div>
      </div>
      <CreateToken />
      <section aria-labelledby="tokens-title" className={styles.section}>
        <h2 id="tokens-title">Tokens</h2>
        {tokens.length === 0 ? (
          <p className="faint">There is none yet.</p>
        ) : (
          <ul className={styles.tokens}>
            {tokens.map(({ id, name, scopes, createdAt, expiresAt }) => (
              <li key={id} className={styles.token}>
                <div>
                  <span className={styles.name}>{name}</span>
                  <span className="faint">
                    {scopes.some((scope) => scope !== 'read') ? 'may look and submit' : 'may look'}, made{' '}
                    <Ago at={createdAt} />,{' '}
                    {expiresAt ? `ends on ${expiresAt.toISOString().slice(0, 10)}` : 'without end'}
                  </span>
                </div>
                <RevokeToken id={id} name={name} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="use-title" className={styles.section}>
        <h2 id="use-title">In Python</h2>
        <p className="soft prose">
          The client is one file that needs the standard library alone: <a href="/api/client.py">brine.py</a>.
        </p>
        <Snippet name="the example in Python" text={pythonExample(origin)} />
        <h2>With curl</h2>
        <p className="soft prose">
          Every procedure is described in <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).
        </p>
        <Snippet name="the example with curl" text={curlExample(origin)} />
      </section>
    </div>
  );
}

function Snippet({ name, text }: { name: string; text: string }) {
  return (
    <div className={styles.snippet}>
      <CopyValue value={text} name={name}>
        <span>Copy</span>
      </CopyValue>
      <pre>{text}</pre>
    </div>
  );
}

const pythonExample = (origin: string) => `from brine import Brine

brine = Brine("${origin}", token="brine_...")
for calculation in brine.calculations(state="finished"):
    energy = brine.results(calculation["id"])["scf"]["energyEv"]
    print(calculation["formula"], energy, "eV")`;

const curlExample = (origin: string) => `curl -H "Authorization: Bearer $BRINE_TOKEN" \\
  --get --data-urlencode 'input={"limit": 10}' \\
  ${origin}/api/v1/calculations/list`;
