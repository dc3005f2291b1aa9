import { describe, expect, it, vi } from 'vitest';
import { AddressResolver } from '../../../../monitor/names/address-resolver';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { TrapPort, type OpenTrapPort, type TrapSubject } from '../../../../monitor/traps/trap-port';
import { TrapPortError } from '../../../../monitor/traps/trap-receiver';

const subject: TrapSubject = {
  inventory: identifyInventory(inventoryFileSchema.parse({}), null),
  engineOf: () => null,
  names: new AddressResolver(),
  onEvidence: () => undefined,
};

function scene(refuse: (port: number) => string | null = () => null) {
  const open = new Set<number>();
  const opening = vi.fn<OpenTrapPort>((port) => {
    const reason = refuse(port);
    if (reason !== null) return Promise.reject(new TrapPortError(reason));
    expect(open.has(port)).toBe(false);
    open.add(port);
    return Promise.resolve({
      counts: () => ({ received: 5, traps: 2, informs: 1 }),
      refusals: () => [{ words: 'Somebody was refused.', count: 2 }],
      close: () => {
        open.delete(port);
        return Promise.resolve();
      },
    });
  });
  return { open, opening, at: (port: number | null) => new TrapPort(port, opening, () => ['10.0.0.5']) };
}

describe('the trap port of the app', () => {
  it('opens nothing unless a port was set', async () => {
    const { at, opening } = scene();
    const port = at(null);
    await port.listen(subject);
    expect(opening).not.toHaveBeenCalled();
    expect(port.status()).toMatchObject({ state: 'off', port: null, addresses: ['10.0.0.5'] });
  });

  it('opens the port when edges are watched, anew for others, and closes it when it is switched off', async () => {
    const { at, open } = scene();
    const port = at(10_162);
    expect(port.status().state).toBe('waiting');
    await port.listen(subject);
    expect(port.status()).toMatchObject({ state: 'open', received: 5, taken: 3, refusals: [{ count: 2 }] });
    await port.listen({ ...subject });
    expect([...open]).toEqual([10_162]);
    await port.set(10_163);
    expect([...open]).toEqual([10_163]);
    expect(await port.set(null)).toMatchObject({ state: 'off', received: 0 });
    expect([...open]).toEqual([]);
    await port.set(10_162);
    await port.listen(null);
    expect([...open]).toEqual([]);
    expect(port.status().state).toBe('waiting');
  });

  it('says why a port cannot be had, and tries again when asked', async () => {
    let taken = true;
    const words = 'UDP port 10162 is taken, perhaps by snmptrapd or another Heron: name another one.';
    const { at } = scene(() => (taken ? words : null));
    const port = at(10_162);
    await port.listen(subject);
    expect(port.status()).toMatchObject({ port: 10_162, state: 'failed', words });
    taken = false;
    expect((await port.set(10_162)).state).toBe('open');
  });

  it('keeps order when everything is asked at once', async () => {
    const { at, open } = scene();
    const port = at(1162);
    await Promise.all([
      port.listen(subject),
      port.set(1163),
      port.listen(null),
      port.listen(subject),
      port.set(1164),
    ]);
    expect([...open]).toEqual([1164]);
  });
});
