/** The tables stay as they are. From here on seals name the row numbers of chunks and rollups, which earlier versions cannot read. */
export const sql = /* sql */ `
-- Seals have the member ids: see docs/history-format.md.
`;
