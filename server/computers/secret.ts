import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { secretFile } from '@/server/secret-file';

/** What is kept of a login beside its settings. */
export interface Secret {
  privateKey?: string;
  passphrase?: string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts with AES-256-GCM, bound to the computer: iv, tag, text. The key lies in the data folder, for its owner alone. */
export function sealSecret(computerId: string, secret: Secret): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secretKey(), iv).setAAD(Buffer.from(computerId));
  const text = Buffer.concat([cipher.update(JSON.stringify(secret), 'utf8'), cipher.final()]);
  return Uint8Array.from(Buffer.concat([iv, cipher.getAuthTag(), text]));
}

/** @throws Error where it was sealed with another key, for another computer, or changed. */
export function openSecret(computerId: string, sealed: Uint8Array): Secret {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', secretKey(), bytes.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(computerId))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(text.toString('utf8')) as Secret;
}

const secretKey = (): Buffer => secretFile('computers.key', () => randomBytes(32));
