import { KernelError } from '../../core/errors';

export function disposedError(): KernelError {
  return new KernelError('BACKEND_DISPOSED', 'This numerical back end was disposed of and cannot be used.');
}
