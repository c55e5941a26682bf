'use client';
import { useElementSize } from '@mantine/hooks';
import { scientific, superscript } from '../format/number';
import styles from './plot.module.css';
import { type ResidualPoint, residualScale } from './residual-scale';

interface Props {
  points: ResidualPoint[];
  threshold: number | null;
  isRunning: boolean;
}

const WIDTH_MAX = 860;
const HEIGHT = 320;
/** Room that the number of an iteration takes. */
const MARK_WIDTH = 60;
const FRAME = { left: 58, right: 16, top: 14, bottom: 46 };

/** How the self-consistent cycle closes in: its residual on a log axis against the iteration, with the threshold. Plain SVG, there at once. */
export function ResidualChart({ points, threshold, isRunning }: Props) {
  // As wide as its place, so that its letters keep their size on a phone.
  const { ref, width: room } = useElementSize();
  const width = Math.min(room || WIDTH_MAX, WIDTH_MAX);
  const inner = { width: width - FRAME.left - FRAME.right, height: HEIGHT - FRAME.top - FRAME.bottom };
  const scale = residualScale(points, threshold);
  const at = ({ iteration, residual }: ResidualPoint) =>
    [FRAME.left + scale.x(iteration) * inner.width, FRAME.top + scale.y(residual) * inner.height] as const;
  const places = points.map(at);
  const last = points.at(-1);
  const text = last
    ? `Iteration ${last.iteration}: estimated error ${scientific(last.residual)} Ha${threshold ? `, threshold ${scientific(threshold)} Ha` : ''}`
    : 'No iteration yet';
  const marks = iterationMarks(scale.iterations, inner.width / MARK_WIDTH);
  return (
    <div ref={ref}>
      <svg className={styles.residual} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={text}>
        {scale.decades.map((power) => {
          const y = FRAME.top + scale.y(10 ** power) * inner.height;
          return (
            <g key={power}>
              <line className={styles.gridLine} x1={FRAME.left} x2={width - FRAME.right} y1={y} y2={y} />
              <text x={FRAME.left - 8} y={y} dy="0.34em" textAnchor="end">
                10{superscript(power)}
              </text>
            </g>
          );
        })}
        {marks.map((iteration) => {
          const x = FRAME.left + scale.x(iteration) * inner.width;
          return (
            <g key={iteration}>
              <line
                className={styles.axisTick}
                x1={x}
                x2={x}
                y1={HEIGHT - FRAME.bottom}
                y2={HEIGHT - FRAME.bottom + 5}
              />
              <text x={x} y={HEIGHT - FRAME.bottom + 19} textAnchor="middle">
                {iteration}
              </text>
            </g>
          );
        })}
        <rect className={styles.axisFrame} x={FRAME.left} y={FRAME.top} width={inner.width} height={inner.height} />
        {threshold !== null && (
          <g className={styles.threshold}>
            <line
              x1={FRAME.left}
              x2={width - FRAME.right}
              y1={FRAME.top + scale.y(threshold) * inner.height}
              y2={FRAME.top + scale.y(threshold) * inner.height}
            />
            <text x={width - FRAME.right - 8} y={FRAME.top + scale.y(threshold) * inner.height - 7} textAnchor="end">
              threshold
            </text>
          </g>
        )}
        <polyline className={styles.line} points={places.map((place) => place.join(',')).join(' ')} />
        {places.map(([x, y], index) => (
          <circle
            key={points[index]!.iteration}
            className={styles.dot}
            cx={x}
            cy={y}
            r={isRunning && index === places.length - 1 ? 5 : 3}
          >
            <title>{`iteration ${points[index]!.iteration}: ${scientific(points[index]!.residual)} Ha`}</title>
          </circle>
        ))}
        <text className={styles.axisTitle} x={FRAME.left + inner.width / 2} y={HEIGHT - 6} textAnchor="middle">
          Iteration
        </text>
        <text
          className={styles.axisTitle}
          transform={`translate(13 ${FRAME.top + inner.height / 2}) rotate(-90)`}
          textAnchor="middle"
        >
          Estimated error (Ha)
        </text>
      </svg>
    </div>
  );
}

/** Whole numbers along the axis, from 1, about as many as there is room for. */
function iterationMarks(iterations: number, most: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100].find((size) => iterations / size <= most) ?? 200;
  return Array.from({ length: iterations }, (_, i) => i + 1).filter((i) => i === 1 || i % step === 0);
}
