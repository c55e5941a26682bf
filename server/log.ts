type Level = 'debug' | 'info' | 'warn' | 'error';
const order: Record<Level, number> = { debug: 0, info: 1, warn: 2, error: 3 };
const threshold = order[(process.env.BRINE_LOG as Level) in order ? (process.env.BRINE_LOG as Level) : 'info'];

/** One JSON line an event, on standard error: standard output belongs to the command line's answers. */
function write(level: Level, fields: Record<string, unknown>, message: string): void {
  if (order[level] < threshold) return;
  const { err, ...rest } = fields;
  const fault =
    err instanceof Error ? { error: err.message, stack: err.stack } : err === undefined ? {} : { error: err };
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...rest, ...fault })}\n`);
}

export const logger = {
  debug: (fields: Record<string, unknown>, message: string) => write('debug', fields, message),
  info: (fields: Record<string, unknown>, message: string) => write('info', fields, message),
  warn: (fields: Record<string, unknown>, message: string) => write('warn', fields, message),
  error: (fields: Record<string, unknown>, message: string) => write('error', fields, message),
};
