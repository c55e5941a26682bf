import { Displayed, type MediaBundle } from './display';
import { ask, BrineError, pageUrl, tell } from './platform';
import type { Site, StructureInput, Vector } from './types';

/** As the platform stores it. */
interface StoredSite extends Omit<Site, 'element' | 'fractional' | 'cartesianAngstrom'> {
  species: { element: string; concentration: number }[];
  position: Vector;
}

interface StructureDetail {
  id: string;
  name: string;
  formula: string;
  volumeAngstrom3: number | null;
  symmetry: { spaceGroupSymbol: string; spaceGroupNumber: number } | null;
  structure: {
    cellAngstrom: [Vector, Vector, Vector] | null;
    periodic: [boolean, boolean, boolean];
    sites: StoredSite[];
  };
}

/** A structure of the platform. It never changes: copy `input`, change that, and load it. */
export class Structure extends Displayed {
  readonly id: string;
  readonly name: string;
  /** Reduced: `LiCoO2`. */
  readonly formula: string;
  readonly volumeAngstrom3: number | null;
  /** Its symbol and number; null for molecules. */
  readonly spaceGroup: { symbol: string; number: number } | null;
  private readonly stored: StructureDetail['structure'];

  constructor({ id, name, formula, volumeAngstrom3, symmetry, structure }: StructureDetail) {
    super();
    this.id = id;
    this.name = name;
    this.formula = formula;
    this.volumeAngstrom3 = volumeAngstrom3;
    this.spaceGroup = symmetry && { symbol: symmetry.spaceGroupSymbol, number: symmetry.spaceGroupNumber };
    this.stored = structure;
  }

  /** A copy as people write structures, to be changed and loaded again. */
  get input(): StructureInput {
    const { cellAngstrom, periodic, sites } = structuredClone(this.stored);
    return {
      ...{ cellAngstrom, periodic },
      sites: sites.map(({ species, position, ...more }) => ({
        ...(species.length === 1 && species[0]!.concentration === 1 ? { element: species[0]!.element } : { species }),
        ...(cellAngstrom ? { fractional: position } : { cartesianAngstrom: position }),
        ...more,
      })),
    };
  }

  get cellAngstrom(): [Vector, Vector, Vector] | null {
    return structuredClone(this.stored.cellAngstrom);
  }

  get sites(): Site[] {
    return this.input.sites;
  }

  /** Of its page. */
  get url(): string {
    return pageUrl(`/structures/${this.id}`);
  }

  /** The same crystal in another cell. */
  async toCell(cell: 'primitive' | 'conventional'): Promise<Structure> {
    return new Structure(await tell('structures.toCell', { id: this.id, cell }));
  }

  /** The text of a file. */
  async text(format: 'cif' | 'poscar' | 'xyz' | 'xsf' | 'espresso' | 'json' = 'cif'): Promise<string> {
    return (await ask<{ text: string }>('structures.export', { id: this.id, format })).text;
  }

  protected mediaBundle(): MediaBundle {
    const group = this.spaceGroup ? `, ${this.spaceGroup.symbol}` : '';
    return {
      'application/vnd.brine.structure+json': this.input,
      'text/plain': `${this.formula}, ${this.stored.sites.length} sites${group} (${this.url})`,
    };
  }
}

/** No text of a file is one word of small letters. */
const isExample = (text: string) => /^[a-z0-9][a-z0-9-]{0,80}$/.test(text.trim());
const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.trim());
const PAGE = 50;

export const structures = {
  /** A structure by its id or the name of an example; or from the text of a CIF, POSCAR or XYZ file, or written as JSON: then it is kept on the platform. */
  async load(source: string | StructureInput, name?: string): Promise<Structure> {
    if (typeof source === 'string' && isId(source))
      return new Structure(await ask('structures.get', { id: source.trim() }));
    if (typeof source === 'string' && isExample(source)) return structures.example(source.trim());
    const text = typeof source === 'string' ? source : JSON.stringify(source);
    const fileName = typeof source === 'string' ? name : `${name ?? 'structure'}.json`;
    return new Structure(await tell('structures.import', { text, fileName }));
  },

  /** A crystal that comes with the platform: `silicon`, `copper`, `sodium-chloride`. */
  async example(id: string): Promise<Structure> {
    const known = await ask<{ id: string }[]>('structures.examples', {});
    if (!known.some((one) => one.id === id))
      throw new BrineError(
        `There is no example ${id}. There are: ${known.map((one) => one.id).join(', ')}.`,
        'not-found',
      );
    return new Structure(await tell('structures.createFromExample', { exampleId: id }));
  },

  /** The project's structures, the newest first. */
  async search({
    formula,
    elements,
    limit = PAGE,
  }: {
    formula?: string;
    elements?: string[];
    limit?: number;
  } = {}): Promise<Structure[]> {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } = await ask('structures.list', {
        ...{ formula, elements, cursor },
        limit: Math.min(PAGE, limit - found.length),
      });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null && found.length < limit);
    return Promise.all(found.map((id) => structures.load(id)));
  },
};
