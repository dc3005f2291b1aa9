import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const defaults = {
  theme: 'system',
  zone: 'utc',
  tables: {},
  letterKeys: true,
  name: '',
  wallScreenInches: null,
  wallScreenAsked: false,
  timelineLegend: true,
};

describe('preferences', () => {
  beforeEach(() => {
    vi.resetModules();
    setActivePinia(createPinia());
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are defaults when nothing, or nonsense, is stored', async () => {
    stubPage(undefined);
    const { readPreferences } = await import('../../../../../renderer/state/settings/preferences');
    expect(readPreferences(null)).toEqual(defaults);
    expect(readPreferences('{broken')).toEqual(defaults);
    expect(readPreferences('null')).toEqual(defaults);
    expect(readPreferences('[1]')).toEqual(defaults);
  });

  it('lose only the part that cannot be read', async () => {
    stubPage(undefined);
    const { readPreferences } = await import('../../../../../renderer/state/settings/preferences');
    const kept = { layout: { choices: { share: 'hidden' }, widths: 'broad' }, named: {} };
    const stored = JSON.stringify({ theme: 'purple', zone: 'local', tables: { clusters: kept } });
    expect(readPreferences(stored)).toMatchObject({
      ...defaults,
      zone: 'local',
      tables: { clusters: { layout: { choices: { share: 'hidden' }, widths: {} }, named: {} } },
    });
  });

  it('are kept, and the theme is put on the document', async () => {
    const storage = stubPage(undefined, { 'heron.preferences': '{"theme":"light"}' });
    const { createPinia: pinia, setActivePinia: activate } = await import('pinia');
    activate(pinia());
    const { usePreferencesStore } = await import('../../../../../renderer/state/settings/preferences');
    const preferences = usePreferencesStore();
    expect(document.documentElement.dataset['theme']).toBe('light');
    preferences.theme = 'system';
    preferences.zone = 'local';
    await nextTick();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(JSON.parse(storage.get('heron.preferences') ?? '')).toMatchObject({
      theme: 'system',
      zone: 'local',
    });
  });
});
