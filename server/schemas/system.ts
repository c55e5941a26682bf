import type { CalculationSummary } from './calculation';
import type { DraftSummary } from './draft';

/** What `GET /api/health` answers, also without cookie or token. */
export interface Health {
  status: 'ok' | 'degraded';
  version: string;
  database: 'ok' | 'unreachable';
  worker: 'ok' | 'absent';
}

export interface ComputerSummary {
  id: string;
  name: string;
  description: string;
  transport: string;
  scheduler: string;
  /** Whether it takes new jobs. */
  isEnabled: boolean;
  /** The machine of the platform. */
  isOwn: boolean;
  cores: number;
  memoryBytes: number;
  coresInUse: number;
  jobsRunning: number;
  jobsWaiting: number;
  /** The version of Quantum ESPRESSO there; null where it is not installed. */
  espresso: string | null;
}

export interface SystemStatus extends Health {
  user: { id: string; name: string };
  project: { id: string; name: string; role: string; jobsMax: number | null };
  jobsRunning: number;
  jobsWaiting: number;
}

/** How many jobs of a project may run at once, on all computers together; null: no limit of its own. */
export interface ProjectLimit {
  jobsMax: number | null;
}

/** The home page in one read. */
export interface Home {
  running: CalculationSummary[];
  recent: CalculationSummary[];
  drafts: DraftSummary[];
  /** The silicon calculation made at the first start; null while it has no result. */
  exampleCalculationId: string | null;
  counts: { calculations: number; structures: number };
}
