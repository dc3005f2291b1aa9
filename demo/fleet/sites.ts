/** Locations of clusters: an airport's code, the city, and its offset from UTC, which times the day's traffic. */
export interface Site {
  code: string;
  city: string;
  utcOffsetHours: number;
}

const rows: [string, string, number][] = [
  ['fra', 'Frankfurt', 1],
  ['gru', 'São Paulo', -3],
  ['sin', 'Singapore', 8],
  ['iad', 'Ashburn', -5],
  ['lhr', 'London', 0],
  ['syd', 'Sydney', 11],
  ['ams', 'Amsterdam', 1],
  ['cdg', 'Paris', 1],
  ['dfw', 'Dallas', -6],
  ['ord', 'Chicago', -6],
  ['sjc', 'San Jose', -8],
  ['nrt', 'Tokyo', 9],
  ['bom', 'Mumbai', 5.5],
  ['dxb', 'Dubai', 4],
  ['jnb', 'Johannesburg', 2],
  ['mad', 'Madrid', 1],
  ['waw', 'Warsaw', 1],
  ['arn', 'Stockholm', 1],
  ['yyz', 'Toronto', -5],
  ['mex', 'Mexico City', -6],
  ['scl', 'Santiago', -3],
  ['icn', 'Seoul', 9],
  ['hkg', 'Hong Kong', 8],
  ['akl', 'Auckland', 13],
];

export const sites: readonly Site[] = rows.map(([code, city, utcOffsetHours]) => ({
  code,
  city,
  utcOffsetHours,
}));
