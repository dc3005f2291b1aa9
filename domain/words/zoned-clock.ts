/** Days and times by the clocks of any time zone. An unknown zone counts as UTC. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function parts(ms: number, zone: string): Record<string, string> {
  let format = formatters.get(zone);
  if (!format) {
    format = formatterOf(zone);
    formatters.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    ...{ weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

/** "Sun 27 Dec 2026". */
export function zonedDay(ms: number, zone: string): string {
  const { weekday, day, month = '', year } = parts(ms, zone);
  return `${weekday} ${day} ${month.slice(0, 3)} ${year}`;
}

/** "01:00". */
export function zonedMinutes(ms: number, zone: string): string {
  const { hour, minute } = parts(ms, zone);
  return `${hour}:${minute}`;
}

/** "Sat " where a day in one zone is another in the other, "" where it is the same. */
export function otherWeekday(ms: number, zone: string, than: string): string {
  return zonedDay(ms, zone) === zonedDay(ms, than) ? '' : `${parts(ms, zone)['weekday']} `;
}

/** "Berlin" for Europe/Berlin. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
