/** Raised when the same input would give other numbers or other fields. */
export const PLANEWAVE_VERSION = '2.0.0';
