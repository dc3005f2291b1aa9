/** What a column of a table can do, whatever its rows are. */
export interface TableColumn<Row> {
  id: string;
  title: string;
  /** The quieter second line of the heading. */
  sub: string;
  /** The heading's tooltip: one sentence on what the column shows. */
  tip?: string;
  /** How the menus call it, where its title alone is too short. */
  longTitle?: string;
  minPx: number;
  /** Its part of the room that is left. */
  grow: number;
  alignRight?: boolean;
  /** 1 goes first when there is no room; null never goes. */
  dropOrder: number | null;
  /** What it sorts by. Undefined is "not known" and stands last whichever way it is sorted. */
  sortKey(row: Row): string | number | undefined;
  /** The first click is more useful descending: the newest, the oldest. */
  descendingFirst?: boolean;
  /** An order of its own instead of the key's. */
  compare?(a: Row, b: Row): number;
  /** What an export says; null where nothing is known. Plain values with units in `exportName`. */
  exportValue(row: Row): string | number | boolean | null;
  /** The column's name in an export, units included. */
  exportName: string;
}
