import { describe, expect, it } from 'vitest';
import { routeOfNetstat, routeOfProc, routeOfRoutePrint } from '../../../../monitor/host/default-gateway';

describe('the default gateway', () => {
  it('is read from the routes of Linux, the one of the least metric', () => {
    const text = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0',
      'eth0\t00000000\t0100090A\t0003\t0\t0\t100\t00000000\t0\t0\t0',
      'eth0\t0000090A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0',
      '',
    ].join('\n');
    expect(routeOfProc(text)).toEqual({ gateway: '10.9.0.1', through: 'eth0' });
    expect(routeOfProc(text.split('\n').slice(3).join('\n'))).toBeNull();
  });

  it('is none where the default route has no router, as that of a tunnel', () => {
    expect(routeOfProc('tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0')).toBeNull();
    expect(routeOfNetstat('default            link#14            UCSg          utun3')).toBeNull();
  });

  it('is read from the routes of macOS, old and new', () => {
    const recent = [
      'Routing tables',
      'Internet:',
      'Destination        Gateway            Flags               Netif Expire',
      'default            192.168.1.1        UGScg                 en0',
      'default            link#14            UCSIg              bridge100      !',
    ].join('\n');
    expect(routeOfNetstat(recent)).toEqual({ gateway: '192.168.1.1', through: 'en0' });
    expect(
      routeOfNetstat('default            10.0.0.1           UGSc           42        0     en4'),
    ).toEqual({
      gateway: '10.0.0.1',
      through: 'en4',
    });
  });

  it('is read from the routes of Windows, whatever its language', () => {
    const text = [
      'IPv4-Routentabelle',
      'Aktive Routen:',
      '     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik',
      '          0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.50     50',
      '          0.0.0.0          0.0.0.0         10.9.0.1        10.9.0.41     25',
      '          0.0.0.0          0.0.0.0   Auf Verbindung        10.8.0.2      5',
      'Ständige Routen:',
      '          0.0.0.0          0.0.0.0         10.9.0.1       1',
    ].join('\r\n');
    expect(routeOfRoutePrint(text)).toEqual({ gateway: '10.9.0.1', through: '10.9.0.41' });
  });
});
