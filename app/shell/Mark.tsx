/** Brine's sign: rock salt's square lattice seen along an axis, one corner dissolved. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M5 5h14M5 12h14M5 19h7M5 5v14M12 5v14M19 5v7" stroke="var(--b-accent)" strokeWidth="1.2" opacity=".45" />
      {[
        [5, 5, 2.6],
        [12, 5, 1.7],
        [19, 5, 2.6],
        [5, 12, 1.7],
        [12, 12, 2.6],
        [19, 12, 1.7],
        [5, 19, 2.6],
        [12, 19, 1.7],
      ].map(([x, y, r]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={r} fill="var(--b-accent)" />
      ))}
      <path d="M19.2 15.6c1.3 1.6 2 2.6 2 3.6a2 2 0 0 1-4 0c0-1 .7-2 2-3.6Z" fill="var(--b-accent)" opacity=".6" />
    </svg>
  );
}
