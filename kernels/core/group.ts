/** The places of each key in a list, keys in the order of their first appearance. */
export function placesOf<Key>(keys: readonly Key[]): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  keys.forEach((key, place) => {
    const group = groups.get(key);
    if (group) group.push(place);
    else groups.set(key, [place]);
  });
  return groups;
}
