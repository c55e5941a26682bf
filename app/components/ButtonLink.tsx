'use client';
import { Button, type ButtonProps } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';

interface Props extends ButtonProps {
  href: string;
  /** false: opening the address does something, so it is not fetched ahead. */
  prefetch?: boolean;
  children: ReactNode;
}

/** A link that looks like the next thing to do. A client component, since a component as a prop does not cross from the server. */
export function ButtonLink({ prefetch = true, ...props }: Props) {
  return <Button component={Link} prefetch={prefetch ? null : false} {...props} />;
}
