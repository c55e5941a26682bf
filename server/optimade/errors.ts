/** What OPTIMADE's clients are told; the titles are those of HTTP and of its specification. */
const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  553: 'Version Not Supported',
} as const;

/** An answer other than what was asked for. */
export class OptimadeError extends Error {
  override readonly name = 'OptimadeError';
  readonly title: string;
  constructor(
    readonly status: keyof typeof titles,
    detail: string,
  ) {
    super(detail);
    this.title = titles[status];
  }
}

/** What the answer says beside itself. */
export interface Warning {
  type: 'warning';
  title?: string;
  detail: string;
}
