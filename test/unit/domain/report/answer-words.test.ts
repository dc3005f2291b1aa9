import { describe, expect, it } from 'vitest';
import { cellWords, columnTitle, peopleColumns } from '../../../../domain/report/answer-words';

describe('the columns of an answer for people', () => {
  it.each([
    ['first_reading_of_new_role_utc', 'First reading of the new role (UTC)'],
    ['from_utc', 'From (UTC)'],
    ['recorded_local', 'Recorded'],
    ['error_budget_ms', 'Error budget'],
    ['not_configured_ms', 'Not configured'],
  ])('%s is %s', (name, title) => {
    expect(columnTitle(name)).toBe(title);
  });

  it.each([
    ['from_utc', '2026-11-22T12:00:00.190Z', '2026-11-22 12:00:00.1'],
    ['to_utc', '2026-11-22T12:00:00.110Z', '2026-11-22 12:00:00.2'],
    ['at_local', '2026-11-22T17:30:00.000+05:30', '2026-11-22 17:30:00 +05:30'],
    ['availability_best_percent', 99.9991, '100.000 %'],
    ['availability_worst_percent', 99.9999, '99.999 %'],
    ['target_percent', 99.95, '99.95 %'],
    ['unavailable_ms', 1099, '1.0 s'],
    ['unknown_ms', 1001, '1.1 s'],
    ['monitored_ms', 1099, '1.0 s'],
    ['error_budget_used_at_least_ms', 1099, '1.0 s'],
    ['error_budget_used_at_most_ms', 1001, '1.1 s'],
    ['without_active_lb_at_least_ms', 0, '0'],
    ['text', 'as it was', 'as it was'],
    ['text', '', '–'],
    ['active_lb', null, '–'],
    ['from_utc', 'no time', 'no time'],
  ])('%s %s reads %s', (name, cell, words) => {
    expect(cellWords(name, cell)).toBe(words);
  });
});

it('two bounds of a length are one column', () => {
  const columns = ['cluster', 'used_at_least_ms', 'used_at_most_ms'];
  const [cluster, used, ...more] = peopleColumns(columns, columns);
  expect(more).toEqual([]);
  expect([cluster?.title, used?.title]).toEqual(['Cluster', 'Used']);
  expect(used?.words(['fra-01', 999, 3001])).toBe('0.9 s to 3.1 s');
  expect(used?.words(['fra-01', null, null])).toBe('–');
  expect(peopleColumns(columns, ['used_at_most_ms'])[0]?.title).toBe('Used at most');
});
