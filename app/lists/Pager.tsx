import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { ButtonLink } from '../components/ButtonLink';
import styles from './lists.module.css';

/** To the newer and the older page; the places stay where they are. */
export function Pager({ newer, older }: { newer: string | null; older: string | null }) {
  if (!newer && !older) return null;
  return (
    <nav aria-label="Pages" className={styles.pager}>
      {newer ? (
        <ButtonLink href={newer} variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />}>
          Newer
        </ButtonLink>
      ) : (
        <span />
      )}
      {older && (
        <ButtonLink href={older} variant="default" rightSection={<IconArrowRight size={16} aria-hidden />}>
          Older
        </ButtonLink>
      )}
    </nav>
  );
}
