import type { CommandTable } from './common/command-table';

/** All commands, in the order of the overview. Help, manual page and shell completion are made of this table. */
export const commands: CommandTable = {
  watch: {
    lines: [['watch --inventory FILE', 'poll the edges and print what happens as JSON lines']],
    usage: async () => (await import('./watch/watch-options')).watchUsage,
    run: async (args) => (await import('./watch/watch')).runWatch(args),
  },
  wall: {
    lines: [['wall', 'all clusters on one screen of the terminal: a demo fleet, your edges, a history']],
    usage: async () => (await import('./wall/wall-options')).wallUsage,
    run: async (args) => (await import('./wall/wall')).runWall(args),
  },
  doctor: {
    lines: [
      ['doctor EDGE|FILE', 'ask an edge everything, step by step: what works, what does not, what to do'],
    ],
    usage: async () => (await import('./doctor/doctor-options')).doctorUsage,
    run: async (args) => (await import('./doctor/doctor')).runDoctor(args),
  },
  demo: {
    lines: [['demo', 'run a simulated fleet to monitor']],
    usage: async () => (await import('./demo')).demoUsage,
    run: async (args) => (await import('./demo')).runDemo(args),
  },
  backup: {
    lines: [['backup --out FILE', 'copy a history, also while it is written, and check the copy']],
    usage: async () => (await import('./backup')).backupUsage,
    run: async (args) => (await import('./backup')).runBackup(args),
  },
  audit: {
    lines: [
      ['audit verify FILE', 'prove that a history or incident file was not altered'],
      ['audit report FILE', 'availability and failovers as CSV, JSON or HTML'],
      ['audit query FILE WHAT', 'answer one question, such as the active LB at a moment'],
      ['audit trust', 'list the keys that you trust, or add one'],
      ['audit open FILE', "describe a file, and show it in Heron's window"],
      ['audit anchor FILE', 'export the head of a history, to be stored elsewhere'],
      ['audit new-key KEYFILE', 'create a new signing key'],
    ],
    usage: async () => (await import('./audit/audit')).auditUsage,
    run: async (args) => (await import('./audit/audit')).runAudit(args),
  },
  extract: {
    lines: [['extract --out FILE', 'make an incident file from a history, with its proof']],
    usage: async () => (await import('./extract')).extractUsage,
    run: async (args) => (await import('./extract')).runExtract(args),
  },
  alerts: {
    lines: [
      ['alerts check FILE', 'validate a file of channels for alerts'],
      ['alerts test FILE CHANNEL', 'send a test by a channel'],
    ],
    usage: async () => (await import('./alerts/alerts')).alertsUsage,
    run: async (args) => (await import('./alerts/alerts')).runAlerts(args),
  },
  support: {
    lines: [['support', 'print versions, settings, findings and log lines for a support case']],
    usage: async () => (await import('./support/support')).supportUsage,
    run: async (args) => (await import('./support/support')).runSupport(args),
  },
  inventory: {
    lines: [
      ['inventory check FILE', 'validate an inventory file'],
      ['inventory diff | apply', 'compare inventory files, or merge one into another'],
      ['inventory import SOURCE', 'read clusters and edges from the vendor'],
      ['inventory drift SOURCE', 'what differs between the vendor and an inventory file'],
      ['inventory schema', 'print the JSON Schema of inventory files'],
    ],
    usage: async () => (await import('./inventory/inventory-options')).inventoryUsage,
    run: async (args) => (await import('./inventory/inventory')).runInventory(args),
  },
  completion: {
    lines: [['completion SHELL', 'print the completion of these commands for bash, zsh or fish']],
    usage: async () => (await import('./reference/run-reference')).completionUsage,
    run: async (args) => (await import('./reference/run-reference')).runCompletion(args, commands),
  },
  manual: {
    lines: [['manual', 'print the manual page, in the format of man']],
    usage: async () => (await import('./reference/run-reference')).manualUsage,
    run: async (args) => (await import('./reference/run-reference')).runManual(args, commands),
  },
};
