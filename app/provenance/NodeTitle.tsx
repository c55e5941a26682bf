import { dataKindWords, type GraphItem } from '@/server/schemas/provenance';
import { Formula } from '../components/Typeset';

/** A node's name with its formula typeset. */
export function NodeTitle({ item }: { item: GraphItem }) {
  if (item.type === 'process') return item.title;
  return (
    <>
      {dataKindWords[item.kind] ?? item.kind}
      {item.formula && (
        <>
          {' '}
          <Formula of={item.formula} />
        </>
      )}
    </>
  );
}
