import { expect, it } from 'vitest';
import type { HeronEvent } from '../../../../domain/model/event';
import { maintenanceCells, maintenanceColumns } from '../../../../monitor/usecases/audit-maintenance';
import { eventOf } from '../../cli/watch/sample-events';

function rowOf(type: HeronEvent['type']): Record<string, unknown> {
  const cells = maintenanceCells(eventOf(type), 7) ?? [];
  expect(cells).toHaveLength(maintenanceColumns.length);
  return Object.fromEntries(maintenanceColumns.map((name, index) => [name, cells[index]]));
}

it('an auditor reads who planned what, and when it began and how it was observed', () => {
  expect(rowOf('maintenance-planned')).toMatchObject({
    ...{ event: 7, type: 'planned', reason: 'Patches', author: 'noc', matches: 'name A' },
    schedule: '2026-03-01 03:00 to 04:00, UTC',
  });
  expect(rowOf('maintenance')).toMatchObject({
    ...{ type: 'began', cluster: 'A', edges: 'a-1', observed: 'degraded', author: null },
    until_utc: '2026-03-01T04:00:00.000Z',
  });
  expect(rowOf('maintenance-changed')).toMatchObject({ type: 'ended by hand', author: 'noc' });
  expect(rowOf('maintenance-cancelled')).toMatchObject({ type: 'cancelled', author: 'noc' });
  expect(maintenanceCells(eventOf('note'), 1)).toBeNull();
});
