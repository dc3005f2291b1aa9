import type { Component } from 'vue';
import type { ColumnId } from '../columns';
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

/** What draws a column's cell. `running` cells show a time that runs and are told T; the others redraw only on change. */
export const cells: Readonly<Record<ColumnId, { draw: Component; running: boolean }>> = {
  health: { draw: HealthCell, running: false },
  name: { draw: NameCell, running: false },
  status: { draw: StatusCell, running: false },
  activeLb: { draw: ActiveLbCell, running: true },
  lastFailover: { draw: FailoverCell, running: true },
  edges: { draw: EdgesCell, running: false },
  share: { draw: ShareCell, running: false },
  spare: { draw: SpareCell, running: false },
  clusterIp: { draw: AddressCell, running: false },
  ipsec: { draw: IpsecCell, running: false },
  dataAge: { draw: DataAgeCell, running: true },
};
