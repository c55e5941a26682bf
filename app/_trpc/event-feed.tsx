'use client';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { ProcessEvent } from '@/server/schemas/events';
import { useTRPCClient } from './client';

/** What tabs say to each other. `open` tells that the stream stands, so that those who read history know it is complete from there on. */
type Message = { kind: 'event'; event: ProcessEvent } | { kind: 'open' };
type Listener = (message: Message) => void;

const LOCK = 'brine-events';
const FeedContext = createContext<((listener: Listener) => () => void) | null>(null);

/**
 * One event stream per browser: browsers allow six connections to a host over HTTP/1.1, and a tab each would use them up.
 * The tab that holds the lock reads the stream and passes it on to the others; when it closes, the next one takes over.
 */
export function EventFeed({ children }: { children: ReactNode }) {
  const client = useTRPCClient();
  const listeners = useRef(new Set<Listener>());
  const [subscribe] = useState(() => (listener: Listener) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  });

  useEffect(() => {
    const channel = new BroadcastChannel(LOCK);
    const end = new AbortController();
    const tell = (message: Message) => {
      for (const listener of listeners.current) listener(message);
    };
    channel.onmessage = ({ data }: MessageEvent<Message>) => tell(data);
    const lead = () =>
      new Promise<void>((resolve) => {
        const pass = (message: Message) => {
          tell(message);
          channel.postMessage(message);
        };
        const subscription = client.calculations.events.subscribe(
          {},
          {
            onStarted: () => pass({ kind: 'open' }),
            onData: ({ data }) => pass({ kind: 'event', event: data }),
          },
        );
        end.signal.addEventListener('abort', () => {
          subscription.unsubscribe();
          resolve();
        });
      });
    navigator.locks.request(LOCK, { signal: end.signal }, lead).catch(() => undefined);
    return () => {
      end.abort();
      channel.close();
    };
  }, [client]);

  return <FeedContext value={subscribe}>{children}</FeedContext>;
}

/** Calls `onMessage` for each event of the project, and when the stream (again) stands. */
export function useEventFeed(onMessage: Listener): void {
  const subscribe = useContext(FeedContext);
  const latest = useRef(onMessage);
  useEffect(() => {
    latest.current = onMessage;
  });
  useEffect(() => subscribe?.((message) => latest.current(message)), [subscribe]);
}
