'use client';
import { Select } from '@mantine/core';
import { HARTREE_EV } from '@/kernels/core/constants';
import { occupationSchemes } from '@/kernels/planewave/schema';
import type { Resolved } from '@/server/schemas/resolved';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { VectorField } from '../../fields/VectorField';
import { mesh, plain, UNIT_SPACE } from '../../format/number';
import { cutoffLine } from '../steps';
import { type Scheme, schemeNames } from './scheme-names';
import { useOverride, useOverrides } from './use-override';

interface Props {
  resolved: Resolved;
  isShown: (words: string) => boolean;
}

/** Plane waves, k-points and occupations. */
export function SamplingNumbers({ resolved, isShown }: Props) {
  const override = useOverride();
  const overrides = useOverrides();
  const { cutoffHartree, mesh: kmesh, shift, scheme, widthHartree, kpointCount } = resolved;
  return (
    <>
      {cutoffHartree && isShown('cutoff plane waves energy') && (
        <DerivedRow
          name="Plane-wave cutoff"
          help={`Kinetic energy of the finest waves: now ${cutoffLine(cutoffHartree.value)}${resolved.planeWaves ? `, about ${resolved.planeWaves} waves` : ''}.`}
          source={cutoffHartree.source}
          automatic={`${plain(cutoffHartree.automatic)}${UNIT_SPACE}Ha`}
          isOverridden={cutoffHartree.overridden}
          onReset={() => override('cutoffHartree', undefined)}
        >
          <NumberField
            label="Plane-wave cutoff"
            unit="Ha"
            isLabelHidden
            min={1}
            max={500}
            value={overrides.cutoffHartree ?? cutoffHartree.automatic}
            onChange={(value) => override('cutoffHartree', value)}
          />
        </DerivedRow>
      )}
      {kmesh && isShown('mesh k-points kpoints') && (
        <DerivedRow
          name="k-point mesh"
          help={
            kpointCount
              ? `${kpointCount.full} points, of which symmetry leaves ${kpointCount.irreducible}.`
              : 'Points along each reciprocal axis.'
          }
          source={kmesh.source}
          automatic={mesh(kmesh.automatic)}
          isOverridden={kmesh.overridden}
          onReset={() => override('mesh', undefined)}
        >
          <VectorField
            label="k-point mesh"
            isWhole
            min={1}
            max={200}
            value={overrides.mesh ?? kmesh.automatic}
            onChange={(value) => override('mesh', value)}
          />
        </DerivedRow>
      )}
      {shift && isShown('shift mesh k-points gamma') && (
        <DerivedRow
          name="Shift of the mesh"
          help="In steps of the mesh: 0 keeps it on Γ, 0.5 moves it half a step."
          source={shift.source}
          automatic="Γ-centred"
          isOverridden={shift.overridden}
          onReset={() => override('shift', undefined)}
        >
          <VectorField
            label="Shift of the mesh"
            min={-1}
            max={1}
            value={overrides.shift ?? shift.automatic}
            onChange={(value) => override('shift', value)}
          />
        </DerivedRow>
      )}
      {isShown('smearing occupations scheme') && (
        <DerivedRow
          name="Occupations"
          help="How levels near the Fermi level are filled."
          source={scheme.source}
          automatic={schemeNames[scheme.automatic].toLowerCase()}
          isOverridden={scheme.overridden}
          onReset={() => override('scheme', undefined)}
        >
          <Select
            aria-label="Occupations"
            size="sm"
            allowDeselect={false}
            value={overrides.scheme ?? scheme.automatic}
            onChange={(value) => value && override('scheme', value as Scheme)}
            data={occupationSchemes.map((value) => ({ value, label: schemeNames[value] }))}
          />
        </DerivedRow>
      )}
      {widthHartree && isShown('smearing width occupations') && (
        <DerivedRow
          name="Smearing width"
          help={`In Hartree; now ${plain(widthHartree.value * HARTREE_EV, 3)}${UNIT_SPACE}eV.`}
          source={widthHartree.source}
          automatic={`${plain(widthHartree.automatic)}${UNIT_SPACE}Ha`}
          isOverridden={widthHartree.overridden}
          onReset={() => override('widthHartree', undefined)}
        >
          <NumberField
            label="Smearing width"
            unit="Ha"
            isLabelHidden
            min={1e-6}
            max={1}
            value={overrides.widthHartree ?? widthHartree.automatic}
            onChange={(value) => override('widthHartree', value)}
          />
        </DerivedRow>
      )}
    </>
  );
}
