import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { it } from 'vitest';
import { readStructure } from '@/kernels/crystal/formats/read-structure';
import { writeStructure } from '@/kernels/crystal/formats/write-structure';
import { bandPath } from '@/kernels/crystal/kpath';
import { reciprocalCell } from '@/kernels/crystal/cell';
import { norm, rowTimesMatrix, subtract } from '@/kernels/crystal/linear';
import { kpointMesh } from '@/kernels/crystal/kpoints';
import { nearestPair } from '@/kernels/crystal/neighbours';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { analyzeSymmetry, loadSymmetry } from '@/kernels/crystal/symmetry';
loadSymmetry(readMoyoWasm());
it('bulk', () => {
  const lines = gunzipSync(readFileSync('../shared/data/entries.optimade.jsonl.gz')).toString().split('\n').slice(1).filter(Boolean);
  const stat: Record<string, number> = {}; const count = (k: string) => { stat[k] = (stat[k] ?? 0) + 1; };
  const begun = performance.now(); let shown = 0; let slow = 0;
  for (let i = 0; i < lines.length && performance.now() - begun < 150000; i += 11) {
    const e = JSON.parse(lines[i]!); 
    if (i === 0) console.log(Object.keys(e.attributes).filter((k) => k.startsWith('_')));
    try {
      const { structure } = readStructure(lines[i]!);
      if (structure.sites.length > 120) continue;
      count('read');
      const t = performance.now(); const y = analyzeSymmetry(structure, { toleranceAngstrom: 0.01 }); slow = Math.max(slow, performance.now() - t);
      const sg = e.attributes._src_space_group ?? e.attributes._src_spacegroup ?? e.attributes._src_space_group_number;
      if (typeof sg === 'number') count(sg === y.spaceGroupNumber ? 'sg same' : 'sg other');
      const prim = y.primitive; const z = prim === structure ? y : analyzeSymmetry(prim, { toleranceAngstrom: 0.01 });
      if (z.spaceGroupNumber !== y.spaceGroupNumber) count('prim other sg');
      const p = bandPath(prim, z); count(p.bravaisSymbol); const b = reciprocalCell(prim.cellAngstrom!);
      const used = new Set(p.segments.flat());
      for (const { label, fractional } of p.points) { if (!used.has(label)) continue; const k = rowTimesMatrix(fractional, b); let ok = true;
        for (let a=-4;a<=4;a++) for (let c=-4;c<=4;c++) for (let d=-4;d<=4;d++) if (norm(subtract(k, rowTimesMatrix([a,c,d], b))) < norm(k) - 0.01) ok = false;
        if (!ok) { count('outside ' + p.bravaisSymbol); if (shown++ < 15) console.log(e.id, p.bravaisSymbol, z.spaceGroupNumber, label, fractional, z.conventional.cellAngstrom!.flat().map((x) => x.toFixed(3)).join(' ')); break; } }
      const m = kpointMesh({ mesh: [4, 4, 4], operations: z.operations }); if (m.note && new Set(prim.cellAngstrom!.map((v) => norm(v).toFixed(3))).size === 1) count('mesh note');
      const near = nearestPair(structure)!.distanceAngstrom;
      for (const f of ['cif', 'poscar'] as const) { const r = readStructure(writeStructure(structure, f)).structure; if (Math.abs(nearestPair(r)!.distanceAngstrom - near) > 1e-6 || r.sites.length !== structure.sites.length) count('round ' + f); }
      if (y.conventional.sites.length % z.standardPrimitive.sites.length !== 0) count('odd conv');
    } catch (err) { count('error ' + (err as Error).message.slice(0, 80)); if (shown++ < 15) console.log(e.id, (err as Error).stack?.slice(0, 400)); }
  }
  console.log(stat, slow);
}, 300000);
