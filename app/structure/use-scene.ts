'use client';
import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { tokenValue } from '../theme/tokens';
import { hasWebGl } from './has-webgl';
import type { Scene, SceneOptions } from './weas-scene';

export type SceneMode = 'loading' | 'scene' | 'drawing';

type Listeners = Partial<Pick<SceneOptions, 'onPick' | 'onTurn'>>;

/** A scene of weas in an element, from its mount to its end; mode `drawing` where there is no 3D. Its listeners may change meanwhile. */
export function useScene(listeners: Listeners = {}): {
  host: RefObject<HTMLDivElement | null>;
  scene: RefObject<Scene | null>;
  mode: SceneMode;
} {
  const host = useRef<HTMLDivElement>(null);
  const scene = useRef<Scene | null>(null);
  const [mode, setMode] = useState<SceneMode>('loading');
  const scheme = useComputedColorScheme('light');
  const latest = useRef(listeners);
  useEffect(() => {
    latest.current = listeners;
  });
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    if (!hasWebGl()) return setMode('drawing');
    let hasEnded = false;
    const observer = new ResizeObserver(() => scene.current?.resize());
    import('./weas-scene')
      .then(({ createScene }) => {
        if (hasEnded) return;
        scene.current = createScene(element, {
          cellColor: tokenValue('ink-faint', scheme),
          onPick: (site) => latest.current.onPick?.(site),
          onTurn: (axes) => latest.current.onTurn?.(axes),
        });
        observer.observe(element);
        setMode('scene');
      })
      .catch(() => setMode('drawing'));
    return () => {
      hasEnded = true;
      observer.disconnect();
      scene.current?.end();
      scene.current = null;
      setMode('loading');
    };
  }, [scheme]);
  return { host, scene, mode };
}
