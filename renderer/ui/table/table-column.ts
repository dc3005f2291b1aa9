/** A table column, independent of the type of its rows. */
export interface TableColumn<Row> {
  id: string;
  title: string;
  /** The second line of the heading. */
  sub: string;
  /** The heading's tooltip: one sentence on what the column shows. */
  tip?: string;
  /** Its name in menus, where the title alone is too short. */
  longTitle?: string;
  minPx: number;
  /** Its weight when the remaining width is distributed. */
  grow: number;
  alignRight?: boolean;
  /** 1 is dropped first when the table is too narrow; null is never dropped. */
  dropOrder: number | null;
  /** The value to sort by. Undefined means unknown and comes last in either direction. */
  sortKey(row: Row): string | number | undefined;
  /** Whether that is a metric, which changes with every reading. */
  sortsByMetric?: boolean;
  /** Whether the first click sorts descending. */
  descendingFirst?: boolean;
  /** A comparison to use instead of the sort key's. */
  compare?(a: Row, b: Row): number;
  /** The exported value, in the unit of `exportName`; null where unknown. */
  exportValue(row: Row): string | number | boolean | null;
  /** The column's name in exports, including the unit. */
  exportName: string;
}
