'use client';
import { Switch } from '@mantine/core';
import type { Resolved } from '@/server/schemas/resolved';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { plain, scientific, UNIT_SPACE } from '../../format/number';
import { useOverride, useOverrides } from './use-override';

interface Props {
  resolved: Resolved;
  isShown: (words: string) => boolean;
}

/** Grid, threshold, iterations and symmetry. */
export function ConvergenceNumbers({ resolved, isShown }: Props) {
  const override = useOverride();
  const overrides = useOverrides();
  const { energyToleranceHartreePerAtom: tolerance, maxIterations, gridScale } = resolved;
  const symmetry = overrides.symmetry ?? true;
  return (
    <>
      {isShown('energy threshold tolerance convergence scf') && (
        <DerivedRow
          name="Energy threshold"
          help="The self-consistent cycle ends when the estimated error of the energy is below it, per atom."
          source={`${tolerance.source} protocol`}
          automatic={`${scientific(tolerance.automatic)}${UNIT_SPACE}Ha`}
          isOverridden={tolerance.overridden}
          onReset={() => override('energyToleranceHartreePerAtom', undefined)}
        >
          <NumberField
            label="Energy threshold"
            unit="Ha per atom"
            isLabelHidden
            min={1e-15}
            max={1e-2}
            value={overrides.energyToleranceHartreePerAtom ?? tolerance.automatic}
            onChange={(value) => override('energyToleranceHartreePerAtom', value)}
          />
        </DerivedRow>
      )}
      {isShown('iterations maximum scf') && (
        <DerivedRow
          name="Most iterations"
          help="After these the cycle gives up and says so."
          source={maxIterations.source}
          automatic={String(maxIterations.automatic)}
          isOverridden={maxIterations.overridden}
          onReset={() => override('maxIterations', undefined)}
        >
          <NumberField
            label="Most iterations"
            isLabelHidden
            isWhole
            min={1}
            max={1000}
            value={overrides.maxIterations ?? maxIterations.automatic}
            onChange={(value) => override('maxIterations', value)}
          />
        </DerivedRow>
      )}
      {isShown('real-space grid scale fft') && (
        <DerivedRow
          name="Real-space grid"
          help="Times the smallest grid that holds the density; gradients want more than 1."
          source={gridScale.source}
          automatic={`${plain(gridScale.automatic)} times`}
          isOverridden={gridScale.overridden}
          onReset={() => override('gridScale', undefined)}
        >
          <NumberField
            label="Real-space grid, times the smallest"
            isLabelHidden
            min={1}
            max={4}
            value={overrides.gridScale ?? gridScale.automatic}
            onChange={(value) => override('gridScale', value)}
          />
        </DerivedRow>
      )}
      {isShown('symmetry reduction') && (
        <DerivedRow
          name="Symmetry"
          help="Off: only identity and time reversal reduce the mesh. The result is the same, later."
          source="always"
          automatic="on"
          isOverridden={overrides.symmetry !== undefined}
          onReset={() => override('symmetry', undefined)}
        >
          <Switch
            mt={8}
            label={symmetry ? 'Used' : 'Not used'}
            aria-label="Use symmetry"
            checked={symmetry}
            onChange={(event) => override('symmetry', event.currentTarget.checked ? undefined : false)}
          />
        </DerivedRow>
      )}
    </>
  );
}
