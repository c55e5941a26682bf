/**
 * The command of a kernel of Python, changed in one thing: by default ipykernel throws output away when a thousand messages
 * wait for a reader who is slower than the cell, and nobody learns of it. Here they wait, within the limit on its memory.
 */
export function withoutLoss(argv: string[]): string[] {
  const at = argv.findIndex((word, index) => word === '-m' && argv[index + 1] === 'ipykernel_launcher');
  return at < 0 ? argv : [...argv.slice(0, at), '-c', LAUNCHER, ...argv.slice(at + 2)];
}

/** What ipykernel_launcher does, with the option set before its socket for output is bound. */
const LAUNCHER = `
import sys
if sys.path[0] == "":
    del sys.path[0]
from ipykernel import kernelapp
bind = kernelapp.IPKernelApp.init_iopub
def bind_without_limit(self, context):
    context.sndhwm = 0
    bind(self, context)
kernelapp.IPKernelApp.init_iopub = bind_without_limit
kernelapp.launch_new_instance()
`;
