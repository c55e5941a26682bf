import { Displayed, type MediaBundle } from './display';
import { bandsFigure, dosFigure, type Figure, relaxationFigure } from './figure';
import { BrineError } from './platform';
import { type Structure, structures } from './structure';
import type {
  BandsData,
  DosData,
  ElasticData,
  EosData,
  ExfoliationData,
  Gap,
  GroundState,
  RelaxationData,
  ResultsData,
  Vector,
} from './types';
import { Volume } from './volume';

export interface Bands extends BandsData {
  plot(): Figure;
}

export interface Dos extends DosData {
  plot(): Figure;
}

export interface Relaxation extends RelaxationData {
  plot(): Figure;
  /** The structure that it left. */
  structure(): Promise<Structure>;
}

/** What a calculation gave: energies in eV, lengths in angstrom. What it was not asked for is an error that says so. */
export class Results extends Displayed {
  constructor(
    /** Of the calculation's page. */
    readonly url: string,
    /** All of it, as the platform tells it. */
    readonly data: ResultsData,
    private readonly structure: () => Promise<Structure>,
  ) {
    super();
  }

  has(property: keyof ResultsData['properties']): boolean {
    return this.data.properties[property] !== undefined;
  }

  get groundState(): GroundState {
    return this.data.scf ?? this.absent('a density of its own yet');
  }

  /** Of the cell. */
  get energyEv(): number {
    return this.groundState.energyEv ?? this.absent('an energy');
  }

  get energyEvPerAtom(): number {
    return this.groundState.energyEvPerAtom ?? this.absent('an energy');
  }

  /** The best that is known: on the path of the bands, on the mesh of the density of states, else on that of the ground state. */
  get gap(): Gap {
    const { bands, dos } = this.data.properties;
    return (bands ?? dos ?? this.groundState).gap;
  }

  get fermiEv(): number {
    return this.groundState.fermiEv;
  }

  /** On every site. */
  get forcesEvPerAngstrom(): Vector[] {
    return this.groundState.forcesEvPerAngstrom ?? this.absent('forces');
  }

  get pressureGpa(): number {
    return this.groundState.pressureGpa ?? this.absent('a pressure');
  }

  get bands(): Bands {
    const bands = this.data.properties.bands ?? this.absent('bands', 'bands');
    return { ...bands, plot: () => bandsFigure(bands, this.url) };
  }

  get dos(): Dos {
    const dos = this.data.properties.dos ?? this.absent('a density of states', 'dos');
    return { ...dos, plot: () => dosFigure(dos, this.url) };
  }

  get relaxation(): Relaxation {
    const relaxation = this.data.properties.relax ?? this.absent('a relaxation', 'relax');
    return {
      ...relaxation,
      plot: () => relaxationFigure(relaxation, this.url),
      structure: () => structures.load(relaxation.structureId ?? this.absent('a relaxed structure')),
    };
  }

  /** The energies at all volumes, and the curve through them. */
  get equationOfState(): EosData {
    return this.data.properties.eos ?? this.absent('an equation of state', 'eos');
  }

  /** Elastic constants, and what follows from them. */
  get elastic(): ElasticData {
    return this.data.properties.elastic ?? this.absent('elastic constants', 'elastic');
  }

  /** What it takes to pull a layered crystal apart into single layers. */
  get exfoliation(): ExfoliationData {
    return this.data.properties.exfoliation ?? this.absent('an exfoliation energy', 'exfoliation');
  }

  /** Densities, potentials and orbitals, in the order in which they were asked for. */
  get volumes(): Volume[] {
    const { volumes } = this.data.properties.volumes ?? this.absent('densities or orbitals', 'volumes');
    return volumes.map((one) => new Volume(one, this.structure));
  }

  private absent(what: string, property?: string): never {
    const advice = property ? ` Ask for it with properties: { ${property}: {} }.` : '';
    throw new BrineError(
      `The calculation gave no ${what.replace(/^an? /, '')}.${advice} See ${this.url}`,
      'not-found',
      this.url,
    );
  }

  protected mediaBundle(): MediaBundle {
    const { scf, properties } = this.data;
    const lines = [
      scf?.energyEv == null ? null : `energy ${scf.energyEv.toFixed(4)} eV`,
      scf && (this.gap.kind === 'metal' ? 'metal' : `gap ${this.gap.gapEv.toFixed(3)} eV, ${this.gap.kind}`),
      Object.keys(properties).length > 0 ? `with ${Object.keys(properties).join(', ')}` : null,
    ].filter(Boolean);
    return { 'text/plain': `${lines.join('; ') || 'no results yet'} (${this.url})` };
  }
}
