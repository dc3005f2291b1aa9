import { expect, test } from '@playwright/test';
import { violationsIn } from './support/axe';
import { startFakePage, type FakePage } from './support/fake-page';
import { savePicture } from './support/pictures';
import { row } from './support/wall';

/** The pictures of docs/alerts.md, on made-up data, dark and light: `HERON_UPDATE_SCREENSHOTS=1` takes them anew. */
let fake: FakePage;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  fake = await startFakePage();
});
test.afterAll(() => fake.close());

for (const theme of ['dark', 'light'] as const) {
  test(`alerts, silences, channels and rules in ${theme}`, async () => {
    test.setTimeout(180_000);
    const { page } = fake;
    const preferences = { theme, wallScreenAsked: true };
    const open = (view: string): Promise<void> =>
      fake.open({ scenario: 'states', more: '&still', view, size: [1280, 800], preferences });

    await open('/alerts');
    await expect(page.getByRole('region', { name: 'Detail' })).toContainText('Detection and delivery');
    savePicture(`alerts-${theme}-1280x800.png`, await fake.picture());

    await page.keyboard.press('s');
    const silence = page.getByRole('dialog', { name: 'Silence alerts' });
    await expect(silence).toContainText('Holds back');
    await silence.getByLabel(/^Reason/).fill('Hypervisor patches');
    savePicture(`silence-${theme}.png`, await silence.screenshot());
    expect(await violationsIn(page, 'silence dialog')).toEqual([]);
    await page.keyboard.press('Escape');

    await open('/settings');
    const panel = page.getByRole('region', { name: 'Channels' });
    await expect(panel.getByLabel('Escalate after')).toHaveValue('5');
    savePicture(`channels-list-${theme}.png`, await panel.screenshot());
    expect(await violationsIn(page, 'channels')).toEqual([]);
    await open('/settings');
    await panel.getByRole('button', { name: 'Edit noc' }).click();
    const form = page.getByRole('dialog', { name: 'Edit channel noc' });
    await expect(form).toBeVisible();
    savePicture(`channels-form-${theme}.png`, await form.screenshot());
    await page.keyboard.press('Escape');

    await open('/clusters');
    await expect(row(page, 'gru-01')).toBeVisible();
    await page.keyboard.press('n');
    const rules = page
      .getByRole('dialog')
      .locator('details', { hasText: 'Alert rules' })
      .filter({ has: page.getByLabel('Change a rule') })
      .first();
    await rules.locator('summary').click();
    await rules.getByLabel('Change a rule').selectOption('CPU high');
    const rule = rules.getByRole('group', { name: 'CPU high' });
    await rule.getByLabel('Escalates after').fill('1800');
    await expect(rule.getByLabel('Escalates after')).toHaveAttribute('placeholder', 'never');
    savePicture(`alert-rules-${theme}.png`, await rules.screenshot());
    expect(await violationsIn(page, 'rule form')).toEqual([]);
    await page.keyboard.press('Escape');
  });
}
