import { bands } from './bands/property';
import { dos } from './dos/property';
import { elastic } from './elastic/property';
import { eos } from './eos/property';
import { exfoliation } from './exfoliation/property';
import type { PropertyId } from './ids';
import type { Property } from './property';
import { relax } from './relax/property';
import { volumes } from './volumes/property';

export const properties = { relax, bands, dos, volumes, eos, elastic, exfoliation } satisfies Record<
  PropertyId,
  Property<never, unknown> | object
>;

/** The registry with the settings' types forgotten, for code that treats all properties alike. */
export const propertyById = (id: PropertyId) => properties[id] as unknown as Property<Record<string, unknown>, unknown>;
