'use client';
import { Button, Textarea, TextInput } from '@mantine/core';
import { IconFolder, IconTag, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { NodeNotes as Notes } from '@/server/schemas/provenance';
import { messageOf, useTRPC, useTRPCClient } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { Notice } from '../components/Notice';
import { JoinGroup } from './groups/JoinGroup';
import styles from './notes.module.css';
import { quoted } from './quoted';

/** Tags, groups and comments: what people say about a node that itself does not change. */
export function NodeNotes({ id, initial }: { id: string; initial: Notes }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const options = trpc.provenance.notes.queryOptions({ id });
  const { data: notes } = useQuery({ ...options, initialData: initial });
  const [tag, setTag] = useState('');
  const [body, setBody] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (act: Promise<unknown>, onDone?: () => void) => {
    try {
      await act;
      onDone?.();
      setProblem(null);
      await queryClient.invalidateQueries({ queryKey: options.queryKey });
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const { provenance } = client;
  return (
    <>
      <section aria-labelledby="tags-title">
        <h2 id="tags-title">Tags and groups</h2>
        <ul className={styles.tags}>
          {notes.tags.map((name) => (
            <li key={name}>
              <Link href={`/search?q=${encodeURIComponent(`tag:${quoted(name)}`)}`}>
                <IconTag size={14} stroke={1.7} aria-hidden />
                {name}
              </Link>
              <button
                type="button"
                aria-label={`Take off the tag ${name}`}
                onClick={() => void attempt(provenance.untag.mutate({ id, tag: name }))}
              >
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
          {notes.groups.map((group) => (
            <li key={group.id}>
              <Link href={`/groups?group=${group.id}`}>
                <IconFolder size={14} stroke={1.7} aria-hidden />
                {group.name}
              </Link>
              <button
                type="button"
                aria-label={`Take out of the group ${group.name}`}
                onClick={() => void attempt(client.groups.take.mutate({ groupId: group.id, nodeIds: [id] }))}
              >
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            if (tag.trim()) void attempt(provenance.tag.mutate({ id, tag }), () => setTag(''));
          }}
        >
          <TextInput
            className={styles.field}
            label="New tag"
            value={tag}
            maxLength={60}
            onChange={(event) => setTag(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Add
          </Button>
        </form>
        <JoinGroup id={id} attempt={attempt} />
      </section>
      <section aria-labelledby="comments-title">
        <h2 id="comments-title">Comments</h2>
        <ol className={styles.comments}>
          {notes.comments.map((comment) => (
            <li key={comment.id}>
              <p className="faint">
                {comment.createdBy}, <Ago at={comment.createdAt} />
                {comment.isOwn && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    onClick={() => void attempt(provenance.removeComment.mutate({ id: comment.id }))}
                  >
                    Take back
                  </Button>
                )}
              </p>
              <p className={styles.body}>{comment.body}</p>
            </li>
          ))}
        </ol>
        <form
          className={styles.comment}
          onSubmit={(event) => {
            event.preventDefault();
            if (body.trim()) void attempt(provenance.comment.mutate({ id, body }), () => setBody(''));
          }}
        >
          <Textarea
            label="New comment"
            autosize
            minRows={2}
            maxLength={10_000}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Comment
          </Button>
        </form>
      </section>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
    </>
  );
}
