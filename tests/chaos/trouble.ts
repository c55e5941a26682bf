import { setTimeout as sleep } from 'node:timers/promises';
import { type TestSlurm, type TestSshd, until } from '../server/computers/cluster';
import type { TestPlatform } from '../server/platform';
import type { Crew } from './crew';

interface Scene {
  /** Uniform numbers in [0, 1), from the seed. */
  random: () => number;
  platform: TestPlatform;
  crew: Crew;
  crewSize: number;
  slurm: TestSlurm;
  sshd: TestSshd;
}

/** Mostly longer than a worker takes to start and to take over, on two cores: else nothing but that would happen. */
const PAUSE_MS = [1_000, 8_000] as const;
const DATABASE_AWAY_MS = [50, 1_500] as const;
const LINK_AWAY_MS = [300, 6_000] as const;
const NODE_AWAY_MS = [1_000, 6_000] as const;
/** Jobs that a cluster lost twice: the third loss is a failure, as it is meant. */
const ATTEMPTS_SPARED = 3;
const NODES = ['n1', 'n2', 'n3'];

/** Makes trouble at random moments until it is told to stop; then all is mended. */
export class Troublemaker {
  readonly made: Record<string, number> = { worker: 0, database: 0, node: 0, link: 0 };
  isLinkAway = false;
  private readonly nodesAway = new Set<string>();
  private readonly outages = new Set<Promise<void>>();
  private isOver = false;
  private readonly loop: Promise<void>;

  constructor(private readonly scene: Scene) {
    this.loop = this.go();
  }

  /** @throws what went wrong with the trouble itself. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.loop;
    await Promise.all(this.outages);
  }

  private async go(): Promise<void> {
    while (!this.isOver) {
      await sleep(this.between(PAUSE_MS));
      const dice = this.scene.random();
      if (dice < 0.4) this.killWorker();
      else if (dice < 0.55) await this.restartDatabase();
      else if (dice < 0.75) this.background(this.dropNode());
      else this.background(this.dropLink());
    }
  }

  private between([least, most]: readonly [number, number]): number {
    return least + this.scene.random() * (most - least);
  }

  private background(outage: Promise<void>): void {
    this.outages.add(outage);
    const over = () => this.outages.delete(outage);
    // What goes wrong is told by `stop`.
    void outage.then(over, () => undefined);
  }

  private tell(kind: keyof typeof this.made): void {
    this.made[kind]! += 1;
  }

  private killWorker(): void {
    const { crew, crewSize, random } = this.scene;
    if (crew.kill(Math.floor(random() * crewSize)) !== null) this.tell('worker');
  }

  private async restartDatabase(): Promise<void> {
    this.tell('database');
    const awayMs = this.between(DATABASE_AWAY_MS);
    await this.scene.platform.crashDatabase();
    await sleep(awayMs);
    await this.scene.platform.startDatabase();
  }

  private async dropLink(): Promise<void> {
    const awayMs = this.between(LINK_AWAY_MS);
    if (this.isLinkAway) return;
    this.isLinkAway = true;
    this.tell('link');
    this.scene.sshd.drop();
    await sleep(awayMs);
    this.scene.sshd.start();
    this.isLinkAway = false;
  }

  /** With its power, or by its administrator while it lives: Slurm ends what ran there, and the node comes back later. */
  private async dropNode(): Promise<void> {
    const { random, slurm } = this.scene;
    const name = NODES[Math.floor(random() * NODES.length)]!;
    const isCrash = random() < 0.5;
    const awayMs = this.between(NODE_AWAY_MS);
    if (this.nodesAway.has(name) || this.isNeeded(name)) return;
    this.nodesAway.add(name);
    this.tell('node');
    if (isCrash) slurm.crashNode(name);
    slurm.command('scontrol', 'update', `nodename=${name}`, 'state=down', 'reason=chaos');
    await sleep(awayMs);
    if (isCrash) slurm.startNode(name);
    await until(() => this.resume(name), `node ${name} is back`);
    this.nodesAway.delete(name);
  }

  /** A node that came back by itself needs no word, and Slurm refuses one. */
  private resume(name: string): boolean {
    const { slurm } = this.scene;
    if (!/down|drain/i.test(slurm.command('sinfo', '-h', '-n', name, '-o', '%T'))) return true;
    try {
      slurm.command('scontrol', 'update', `nodename=${name}`, 'state=resume');
    } catch {
      // It is looked at again.
    }
    return false;
  }

  private isNeeded(name: string): boolean {
    const names = this.scene.slurm.command('squeue', '-h', '-w', name, '-o', '%j').split('\n');
    return names.some((job) => Number(job.split('-').at(-1)) >= ATTEMPTS_SPARED);
  }
}
