import type { Component } from 'vue';
import type { ColumnId } from './columns';
import ActiveLbCell from './ActiveLbCell.vue';
import AddressCell from './AddressCell.vue';
import DataAgeCell from './DataAgeCell.vue';
import EdgesCell from './EdgesCell.vue';
import FailoverCell from './FailoverCell.vue';
import HealthCell from './HealthCell.vue';
import IpsecCell from './IpsecCell.vue';
import NameCell from './NameCell.vue';
import ShareCell from './ShareCell.vue';
import SpareCell from './SpareCell.vue';
import StatusCell from './StatusCell.vue';

/** What draws a column's cell, and when it has to be drawn again. */
export interface Cell {
  draw: Component;
  /** It shows figures, which move with every reading; others are given the row as it was when anything else changed. */
  figures: boolean;
  /** It shows a time that runs, in tenths or whole seconds, and is told T. */
  running: 'no' | 'seconds' | 'tenths';
}

const still = { figures: false, running: 'no' } as const;

export const cells: Readonly<Record<ColumnId, Cell>> = {
  health: { draw: HealthCell, ...still },
  name: { draw: NameCell, ...still },
  status: { draw: StatusCell, ...still },
  activeLb: { draw: ActiveLbCell, figures: false, running: 'seconds' },
  lastFailover: { draw: FailoverCell, figures: false, running: 'seconds' },
  edges: { draw: EdgesCell, ...still },
  share: { draw: ShareCell, figures: true, running: 'no' },
  spare: { draw: SpareCell, figures: true, running: 'no' },
  clusterIp: { draw: AddressCell, ...still },
  ipsec: { draw: IpsecCell, ...still },
  dataAge: { draw: DataAgeCell, figures: true, running: 'tenths' },
};
