'use client';
import { DispersionChoice } from '../physics/DispersionChoice';
import { EngineChoice } from '../physics/EngineChoice';
import { MagnetismChoice } from '../physics/MagnetismChoice';
import { StepHeading } from '../StepHeading';
import { Advanced } from './Advanced';
import { PhysicsChoice } from './PhysicsChoice';
import { PropertyCards } from './PropertyCards';
import { ProtocolCards } from './ProtocolCards';
import styles from './properties-step.module.css';

/** Step 2: what, how well, with which physics; and every number that follows. */
export function PropertiesStep() {
  return (
    <>
      <StepHeading step="properties" />
      <div className={styles.sections}>
        <PropertyCards />
        <ProtocolCards />
        <EngineChoice />
        <PhysicsChoice />
        <MagnetismChoice />
        <DispersionChoice />
        <Advanced />
      </div>
    </>
  );
}
