/* Hours, days and months are whole numbers counted from 1970-01-01 UTC. */

const minutesPerHour = 60;
const hoursPerDay = 24;
const hourMs = 3_600_000;
const dayMs = hoursPerDay * hourMs;

export function hourOfMinute(minute: number): number {
  return Math.floor(minute / minutesPerHour);
}

export function dayOfHour(hour: number): number {
  return Math.floor(hour / hoursPerDay);
}

/** Months: January 1970 is 0, January 1971 is 12. */
export function monthOfDay(day: number): number {
  const date = new Date(day * dayMs);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The first day of a month. */
export function firstDayOfMonth(month: number): number {
  return Date.UTC(1970, month, 1) / dayMs;
}

export function endOfHourMs(hour: number): number {
  return (hour + 1) * hourMs;
}

export function endOfDayMs(day: number): number {
  return (day + 1) * dayMs;
}

export function endOfMonthMs(month: number): number {
  return firstDayOfMonth(month + 1) * dayMs;
}
