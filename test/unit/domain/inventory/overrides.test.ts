import { describe, expect, it } from 'vitest';
import { fieldInWords } from '../../../../domain/inventory/field-names';
import { inventoryDiff } from '../../../../domain/inventory/inventory-diff';
import { checkInventory } from '../../../../domain/inventory/inventory-rules';
import { limitsOf, overridesOf } from '../../../../domain/inventory/overrides';
import { thresholds } from '../../../../domain/model/thresholds';
import { deviceReasons } from '../../../../domain/cluster/judge/device-reasons';
import { newRuleDraft } from '../../../../renderer/views/inventory/drafts/rule-draft';
import { device, edge } from '../../../fixtures/cluster/edge-readings';
import {
  draftOfOverrides,
  overridesOfDraft,
} from '../../../../renderer/views/inventory/drafts/override-draft';

const inventory = (overrides: unknown): string =>
  JSON.stringify({ standaloneEdges: [{ name: 'e1', proxyIp: '10.0.0.1', overrides }] });

describe('overrides', () => {
  it('of an edge precede those of its cluster, and both the general ones', () => {
    const cluster = { overrides: { cpuPercent: 70, roleIntervalMs: 2_000 } };
    const own = { overrides: { cpuPercent: 60 } };
    expect(limitsOf(own, cluster)).toEqual({ cpuPercent: 60, swapPercent: thresholds.swapPercent });
    expect(limitsOf({}, cluster).cpuPercent).toBe(70);
    expect(limitsOf({}, null)).toEqual({ cpuPercent: 90, swapPercent: 50 });
    expect(overridesOf(own, cluster)).toEqual({ cpuPercent: 60, roleIntervalMs: 2_000 });
  });

  it('decide what counts as a high load', () => {
    const loaded = { ...device, cpuPercent: 80, swapPercent: 20 };
    const codes = (limits?: ReturnType<typeof limitsOf>): string[] =>
      deviceReasons(edge, loaded, limits).map(({ code }) => code);
    expect(codes()).not.toContain('cpu-high');
    expect(codes(limitsOf({ overrides: { cpuPercent: 75 } }, null))).toContain('cpu-high');
    expect(codes(limitsOf({ overrides: { swapPercent: 10 } }, null))).toContain('swap-high');
  });

  it.each([
    [{ cpuPercent: 0 }],
    [{ swapPercent: 101 }],
    [{ healthIntervalMs: 999 }],
    [{ roleIntervalMs: 10_001 }],
    [{ roleIntervalMs: 1_000.5 }],
    [{ silentPolls: 1 }],
  ])('are refused outside their bounds, and where they are no override: %j', (overrides) => {
    expect(checkInventory(inventory(overrides)).ok).toBe(false);
  });

  it('are compared field by field', () => {
    const [before, after] = [{}, { cpuPercent: 75 }].map((overrides) => {
      const checked = checkInventory(inventory(overrides));
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
      return checked.file;
    });
    expect(inventoryDiff(before!, after!).changed).toEqual([
      { name: 'edge "e1"', fields: [{ field: 'CPU limit, %', from: 'none', to: '75' }] },
    ]);
  });

  it('come back from the form as they were, intervals typed in seconds', () => {
    const overrides = { cpuPercent: 75, swapPercent: 40, healthIntervalMs: 2_500, roleIntervalMs: 200 };
    const draft = draftOfOverrides(overrides);
    expect(draft).toMatchObject({ healthIntervalMs: '2.5', roleIntervalMs: '0.2' });
    expect(overridesOfDraft(draft)).toEqual({ overrides });
    expect(overridesOfDraft(draftOfOverrides(undefined))).toEqual({});
    expect(overridesOfDraft({ ...draftOfOverrides(undefined), roleIntervalMs: ' 0,5 ' })).toEqual({
      overrides: { roleIntervalMs: 500 },
    });
  });

  it('keep the rules of alerts when they come back from the form, times typed in seconds', () => {
    const overrides = {
      cpuPercent: 75,
      alerts: {
        cpu: { severity: 'info', forMs: 600_000 },
        imbalance: { enabled: false, clearMs: 500, escalateMs: 0 },
      },
    } as const;
    const draft = draftOfOverrides(overrides);
    expect(draft.alerts.map(({ rule, forSeconds }) => [rule, forSeconds])).toEqual([
      ['imbalance', ''],
      ['cpu', '600'],
    ]);
    expect(overridesOfDraft(draft)).toEqual({ overrides });
    const untouched = { ...draftOfOverrides(undefined), alerts: [newRuleDraft('disk')] };
    expect(overridesOfDraft(untouched)).toEqual({});
    const typed = { ...newRuleDraft('disk'), enabled: 'yes', clearSeconds: ' 1,5 ' };
    expect(overridesOfDraft({ ...untouched, alerts: [typed] })).toEqual({
      overrides: { alerts: { disk: { enabled: true, clearMs: 1_500 } } },
    });
  });

  it('name the rule of alerts that differs', () => {
    expect(fieldInWords(['overrides', 'alerts', 'cpu', 'forMs'])).toBe('Alert rule cpu: after, ms');
    expect(fieldInWords(['overrides', 'cpuPercent'])).toBe('CPU limit, %');
  });
});
