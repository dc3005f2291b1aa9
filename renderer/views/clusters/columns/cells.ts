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

/** A column's cell component, and when it has to be rendered again. */
export interface Cell {
  component: Component;
  /** Shows metrics, which change with every reading; other cells get the stable row. */
  metrics: boolean;
  /** Whether it shows a running time, updated in seconds or tenths. */
  running: 'no' | 'seconds' | 'tenths';
}

const stable = { metrics: false, running: 'no' } as const;

export const cells: Readonly<Record<ColumnId, Cell>> = {
  health: { component: HealthCell, ...stable },
  name: { component: NameCell, ...stable },
  status: { component: StatusCell, ...stable },
  activeLb: { component: ActiveLbCell, metrics: false, running: 'seconds' },
  lastFailover: { component: FailoverCell, metrics: false, running: 'seconds' },
  edges: { component: EdgesCell, ...stable },
  share: { component: ShareCell, metrics: true, running: 'no' },
  spare: { component: SpareCell, metrics: true, running: 'no' },
  clusterIp: { component: AddressCell, ...stable },
  ipsec: { component: IpsecCell, ...stable },
  dataAge: { component: DataAgeCell, metrics: true, running: 'tenths' },
};
