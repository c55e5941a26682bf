'use client';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import styles from './notebook.module.css';
import { useNotebook, useOpenNotebook } from './use-notebook';

/** What the running cell asks, with a place for the answer. */
export function QuestionForm({ cellId }: { cellId: string }) {
  const { client } = useOpenNotebook();
  const question = useNotebook((state) => (state.question?.cellId === cellId ? state.question : null));
  const [text, setText] = useState('');
  if (!question) return null;
  const Input = question.isPassword ? PasswordInput : TextInput;
  return (
    <form
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        client.dispatch({ kind: 'answer', text });
        setText('');
      }}
    >
      <Input
        label={question.prompt.trim() || 'The cell asks for a line of text'}
        autoFocus
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit">Answer</Button>
    </form>
  );
}
