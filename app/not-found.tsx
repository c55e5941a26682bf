import type { Metadata } from 'next';
import { ButtonLink } from './components/ButtonLink';
import { Empty } from './components/Empty';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <div className="page">
      <h1>Nothing is at this address</h1>
      <Empty
        title="It may have been submitted, discarded, or never been here"
        action={
          <span style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
            <ButtonLink href="/calculations">See all calculations</ButtonLink>
            <ButtonLink href="/" variant="default">
              Go home
            </ButtonLink>
          </span>
        }
      >
        A draft ends when it is submitted and lives on as a calculation. What belongs to another project is not shown
        here either.
      </Empty>
    </div>
  );
}
