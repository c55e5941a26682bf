/** Raised when the same input would give other numbers or other fields. */
export const PLANEWAVE_VERSION = '1.1.0';
