'use client';
import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { tokenValue } from '../theme/tokens';
import { hasWebGl } from './has-webgl';
import type { Scene, SceneOptions } from './weas-scene';

export type SceneMode = 'loading' | 'scene' | 'drawing';

type Listeners = Partial<Pick<SceneOptions, 'onPick' | 'onTurn'>>;

/**
 * A scene of weas in an element, from its mount to its end; mode `drawing` where there is no 3D. Its listeners may change meanwhile. With other colours
 * comes another scene, which is empty: what is drawn depends on the scene itself, not only on there being one.
 */
export function useScene(listeners: Listeners = {}): {
  host: RefObject<HTMLDivElement | null>;
  scene: Scene | null;
  mode: SceneMode;
} {
  const host = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<Scene | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const scheme = useComputedColorScheme('light');
  const latest = useRef(listeners);
  useEffect(() => {
    latest.current = listeners;
  });
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    if (!hasWebGl()) return setHasFailed(true);
    let made: Scene | null = null;
    let hasEnded = false;
    const observer = new ResizeObserver(() => made?.resize());
    import('./weas-scene')
      .then(({ createScene }) => {
        if (hasEnded) return;
        made = createScene(element, {
          cellColor: tokenValue('ink-faint', scheme),
          onPick: (site) => latest.current.onPick?.(site),
          onTurn: (axes) => latest.current.onTurn?.(axes),
        });
        observer.observe(element);
        setScene(made);
      })
      .catch(() => setHasFailed(true));
    return () => {
      hasEnded = true;
      observer.disconnect();
      made?.end();
      setScene(null);
    };
  }, [scheme]);
  return { host, scene, mode: scene ? 'scene' : hasFailed ? 'drawing' : 'loading' };
}
