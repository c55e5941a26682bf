export const newCellId = () => crypto.randomUUID().slice(0, 8);
