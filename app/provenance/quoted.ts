/** As the text of a query takes it. */
export const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
