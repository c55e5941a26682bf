import { createHash } from 'node:crypto';
import { limits, refuse } from './archive/entries';
import { type CutoffTable, readCutoffTable, readDojoReport, type TableEntry } from './cutoffs';
import { readUpfHeader, type UpfHeader } from './upf-header';

/** A file of a family that will be installed. */
export interface Collected extends UpfHeader {
  fileName: string;
  md5: string;
  cutoffs: { fast: number; balanced: number; stringent: number };
}

export interface CollectedFamily {
  layout: 'sssp' | 'pseudodojo' | 'headers';
  functional: string;
  entries: Collected[];
  notes: string[];
}

type Found = UpfHeader & { fileName: string; md5: string };

/** Gathers the files of an archive one by one, and at its end decides what the family is. */
export class FamilyCollector {
  private readonly files: Found[] = [];
  private table: CutoffTable | null = null;
  private readonly reports = new Map<string, TableEntry>();
  private readonly notes: string[] = [];

  /** True where the file is a pseudopotential, whose bytes are to be kept. */
  add(path: string, bytes: Buffer): boolean {
    const fileName = path.split('/').at(-1)!;
    // What a Mac packs beside each file.
    if (fileName.startsWith('._') || path.includes('__MACOSX')) return false;
    if (/\.upf$/i.test(fileName)) return this.addUpf(fileName, bytes);
    if (/\.(json|djrepo)$/i.test(fileName) && bytes.length <= limits.fileBytes / 8) this.addTable(fileName, bytes);
    return false;
  }

  private addUpf(fileName: string, bytes: Buffer): boolean {
    const header = readUpfHeader(bytes.toString('latin1'));
    if (!header) {
      this.notes.push(`${fileName} has no head that can be read and was left out.`);
      return false;
    }
    if (fileName.length > 200) throw refuse('a name in it is too long');
    this.files.push({ ...header, fileName, md5: createHash('md5').update(bytes).digest('hex') });
    return true;
  }

  private addTable(fileName: string, bytes: Buffer): void {
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      this.notes.push(`${fileName} is not JSON and was left out.`);
      return;
    }
    const table = readCutoffTable(value);
    // Of several tables the one with most elements: archives hold those of single groups as well.
    if (table && (!this.table || table.entries.size > this.table.entries.size)) this.table = table;
    const report = readDojoReport(value, fileName);
    if (report) this.reports.set(report.element, report.entry);
  }

  finish(): CollectedFamily {
    if (this.files.length === 0) throw refuse('it holds no UPF file');
    const layout = this.table?.layout ?? (this.reports.size > 0 ? 'pseudodojo' : 'headers');
    const entries = [...new Set(this.files.map(({ element }) => element))]
      .sort()
      .map((element) => this.choose(element));
    const functionals = [...new Set(entries.map(({ functional }) => functional))];
    if (functionals.length > 1)
      throw refuse(`its files were made for different functionals: ${functionals.join(', ')}`);
    return { layout, functional: functionals[0]!, entries, notes: this.notes };
  }

  private choose(element: string): Collected {
    const listed = this.table?.entries.get(element) ?? this.reports.get(element) ?? null;
    const candidates = this.files.filter((file) => file.element === element);
    const named = listed?.fileName ? candidates.filter(({ fileName }) => fileName === listed.fileName) : candidates;
    if (named.length !== 1) {
      const names = candidates.map(({ fileName }) => fileName).join(', ');
      throw refuse(
        named.length === 0
          ? `its table names ${listed!.fileName} for ${element}, which is not there (there is ${names})`
          : `it holds several files for ${element}: ${names}. Keep one of them, or add a table that names it`,
      );
    }
    const [file] = named as [Found];
    if (listed?.md5 && listed.md5 !== file.md5)
      throw refuse(`${file.fileName} is not the file that its table means: its MD5 sum is another`);
    const own = file.cutoffHartree;
    const cutoffs = listed?.cutoffHartree ?? (own === null ? null : { fast: own, balanced: own, stringent: own });
    if (!cutoffs)
      throw refuse(`no cutoff is known for ${element}: neither a table nor the head of ${file.fileName} has one`);
    // Norm-conserving files need four times the cutoff of the orbitals, whatever their head suggests.
    const density = listed ? listed.densityCutoffHartree : file.type === 'NC' ? null : file.densityCutoffHartree;
    return { ...file, cutoffs, densityCutoffHartree: density };
  }
}
