import { describe, expect, it } from 'vitest';
import { csvLine, jsonLine } from '../../../../domain/report/table-text';

describe('a line of CSV', () => {
  it('quotes by RFC 4180, and leaves numbers as they are', () => {
    expect(csvLine(['a "b"', 'c,d', -1.5, null, true])).toBe('"a ""b""","c,d",-1.5,,true\r\n');
    expect(csvLine(['a', 1], { separator: ';' })).toBe('a;1\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\u00a0=1', '"=1', '\uff1d1'])(
    'does not let %j run as a formula',
    (text) => {
      expect(csvLine([text])).toMatch(/^"?'/);
    },
  );

  it.each([',', ';', '\t', '|', '\r\n', '\n'])(
    'nor behind the separator %j of another program',
    (separator) => {
      for (const before of ['', ' ', '"'])
        expect(csvLine([`edge${separator}${before}=HYPERLINK("x")`])).not.toMatch(/[,;|\t\r\n][\s"]*=/);
    },
  );

  it('holds the same values as JSON Lines', () => {
    expect(jsonLine(['edge', 'ms'], ['=a\n', null])).toBe('{"edge":"=a\\n","ms":null}\n');
  });
});
