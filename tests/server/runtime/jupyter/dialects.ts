/** The same cases in the words of each kernel, and what each cannot do by a fault of its own, as it was seen. */
export interface Dialect {
  kernel: string;
  language: string;
  implementation: string;
  /** Prints a line to standard output and one to standard error. */
  printBoth: string;
  printLines: (count: number) => string;
  /** Prints so many letters, and a line's end. */
  printLong: (count: number) => string;
  result: { code: string; text: RegExp };
  error: { code: string; name: string; message: string; trace: RegExp };
  display: string;
  updateDisplay: string;
  clear: string;
  completion: { before: string; name: string; prefix: string };
  input: string;
  sleep: string;
  loop: string;
  assign: string;
  read: string;
  isComplete: { complete: string; incomplete: string };
  /** Runs a program whose output is that of the kernel's process. */
  runProgram: string;
  /** Starts a process that outlives the cell. */
  startChild: string;
  /** Holds that many megabytes. */
  hold: (megabytes: number) => string;
  readFile: (path: string) => string;
  writeFile: (path: string) => string;
  listFolder: (path: string) => string;
  environment: string;
  faults: {
    programs?: string;
    inspection?: string;
    history?: string;
    userExpressions?: string;
    comms?: string;
    silence?: string;
    queueAfterError?: string;
    interruptOfWaiting?: string;
  };
}

const deno: Dialect = {
  kernel: 'deno',
  language: 'typescript',
  implementation: 'Deno kernel',
  printBoth: 'console.log("to out"); console.error("to err")',
  printLines: (count) => `for (let line = 0; line < ${count}; line++) console.log(line)`,
  printLong: (count) => `console.log('x'.repeat(${count}))`,
  result: { code: 'const answer: number = 6 * 7; answer', text: /42/ },
  error: {
    code: 'function fails(): never {\n  throw new RangeError("too far")\n}\nfails()',
    name: 'RangeError',
    message: 'too far',
    trace: /fails.*:2/s,
  },
  display:
    'await Deno.jupyter.display({ "text/plain": "plain", "text/html": "<b>rich</b>", "application/json": { a: [1] } }, { raw: true })',
  updateDisplay:
    'await Deno.jupyter.display({ "text/plain": "first" }, { raw: true, display_id: "bar" }); await Deno.jupyter.display({ "text/plain": "second" }, { raw: true, display_id: "bar", update: true })',
  clear: 'await Deno.jupyter.broadcast("clear_output", { wait: true })',
  completion: { before: 'const größe = "α𝒜𝒜"; ', name: 'Deno.readTextFile', prefix: 'Deno.readTextF' },
  input: 'prompt("Your name?")',
  sleep: 'await new Promise((resolve) => setTimeout(resolve, 600_000))',
  loop: 'while (true) {}',
  assign: 'let kept = 41',
  read: 'kept + 1',
  isComplete: { complete: 'const a = 1', incomplete: 'if (a) {' },
  runProgram: 'await new Deno.Command("echo", { args: ["of a program"], stdout: "inherit" }).spawn().status',
  startChild: 'new Deno.Command("sleep", { args: ["600"] }).spawn().pid',
  hold: (megabytes) =>
    `const held = []; for (let i = 0; i < ${megabytes}; i++) held.push(new Uint8Array(2 ** 20).fill(1)); await new Promise((resolve) => setTimeout(resolve, 20_000))`,
  readFile: (path) => `Deno.readTextFileSync(${JSON.stringify(path)})`,
  writeFile: (path) => `Deno.writeTextFileSync(${JSON.stringify(path)}, "written")`,
  listFolder: (path) => `[...Deno.readDirSync(${JSON.stringify(path)})].map(({ name }) => name).join("\\n")`,
  environment: 'JSON.stringify(Object.keys(Deno.env.toObject()))',
  faults: {
    programs: 'Deno loses it',
    inspection: 'Deno finds nothing, whatever one asks',
    history: 'Deno keeps none',
    userExpressions: 'Deno leaves them out',
    comms: 'Deno closes each that is opened',
    silence: 'Deno repeats the input',
    queueAfterError: 'Deno runs what was queued',
    interruptOfWaiting: 'Deno waits on, so it is started anew',
  },
};

const python: Dialect = {
  kernel: 'python3',
  language: 'python',
  implementation: 'ipython',
  printBoth: 'import sys\nprint("to out", flush=True)\nprint("to err", file=sys.stderr, flush=True)',
  printLines: (count) => `for line in range(${count}): print(line, flush=True)`,
  printLong: (count) => `print('x' * ${count}, flush=True)`,
  result: { code: 'answer: int = 6 * 7\nanswer', text: /^42$/ },
  error: {
    code: 'def fails():\n    raise ValueError("too far")\nfails()',
    name: 'ValueError',
    message: 'too far',
    trace: /fails/,
  },
  display:
    'from IPython.display import display\ndisplay({"text/plain": "plain", "text/html": "<b>rich</b>", "application/json": {"a": [1]}}, raw=True)',
  updateDisplay:
    'handle = display({"text/plain": "first"}, raw=True, display_id="bar")\nhandle.update({"text/plain": "second"}, raw=True)',
  clear: 'from IPython.display import clear_output\nclear_output(wait=True)',
  completion: { before: 'größe = "α𝒜𝒜"; ', name: 'isinstance', prefix: 'isinst' },
  input: 'input("Your name?")',
  sleep: 'import time\ntime.sleep(600)',
  loop: 'while True: pass',
  assign: 'kept = 41',
  read: 'kept + 1',
  isComplete: { complete: 'a = 1', incomplete: 'if a:' },
  runProgram: 'import subprocess\nsubprocess.run(["echo", "of a program"])',
  startChild: 'import subprocess\nsubprocess.Popen(["sleep", "600"], start_new_session=False).pid',
  hold: (megabytes) => `held = [b"1" * 2**20 for _ in range(${megabytes})]`,
  readFile: (path) => `open(${JSON.stringify(path)}).read()`,
  writeFile: (path) => `open(${JSON.stringify(path)}, "w").write("written")`,
  listFolder: (path) => `import os\n"\\n".join(os.listdir(${JSON.stringify(path)}))`,
  environment: 'import os, json\njson.dumps(list(os.environ))',
  faults: {},
};

export const dialects = [deno, python];
