import type { ElasticSettings } from './schema';

/** Small enough for the stress to grow in proportion, large enough for the noise of a stress not to be seen. */
export const defaultElasticSettings = (): ElasticSettings => ({ amplitude: 0.005, relaxAtoms: true });
