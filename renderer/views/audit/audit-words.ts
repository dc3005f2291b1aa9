import type { AuditQuestion } from '../../../domain/contract/audit-question';

/** The questions in the order in which they are offered, each with what its answer has. */
export const questionWords: readonly { id: AuditQuestion; words: string; tip: string }[] = [
  {
    id: 'availability',
    words: 'Availability',
    tip: 'How available each cluster and edge was, at worst and at best',
  },
  { id: 'active-lb', words: 'Active LB', tip: 'Which LB of each cluster was active at a moment' },
  { id: 'failovers', words: 'Failovers', tip: 'Failovers, failbacks and losses of the active LB' },
  { id: 'role-changes', words: 'Role changes', tip: 'Every change of an LB role' },
  { id: 'alerts', words: 'Alerts', tip: 'What alerted, changed and cleared, and who acknowledged it' },
  { id: 'acknowledgements', words: 'Acknowledgements', tip: 'Who acknowledged which problem, and when' },
  { id: 'silences', words: 'Silences', tip: 'Who silenced alerts, and when' },
  { id: 'maintenance', words: 'Maintenance', tip: 'What was planned by whom, and when it began and ended' },
  { id: 'notes', words: 'Notes', tip: 'Every note and acknowledgement with its author' },
  { id: 'configuration', words: 'Configuration', tip: 'Every changed field, before and after' },
  { id: 'gaps', words: 'Not monitored', tip: 'When nothing was monitored, and why' },
];
