/** The tables stay as they are. From here on chunks and rollups are of version 2, which earlier versions of Heron cannot read. */
export const sql = /* sql */ `
-- Bodies of chunks and rollups begin with 2: see docs/history-format.md. Those that begin with 1 stay as they are.
`;
