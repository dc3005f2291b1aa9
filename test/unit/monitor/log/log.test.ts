import { afterEach, describe, expect, it, vi } from 'vitest';
import { log, logLevel, logSlowQuery, startCommandLog } from '../../../../monitor/log/log';

describe('the level of the log', () => {
  it.each([
    [undefined, 'warn', 'warn'],
    ['', 'info', 'info'],
    ['debug', 'info', 'debug'],
    ['error', 'info', 'error'],
  ] as const)('HERON_LOG=%s, usually %s: %s', (value, usual, level) => {
    expect(logLevel(value, usual)).toEqual({ level, problem: null });
  });

  it.each(['verbose', 'DEBUG', 'x'.repeat(1000)])('HERON_LOG=%s is reported and not used', (value) => {
    const { level, problem } = logLevel(value, 'info');
    expect(level).toBe('info');
    expect(problem).toMatch(/^HERON_LOG is .*Set it to error, warn, info, debug\.$/);
    expect(problem!.length).toBeLessThan(120);
  });
});

describe('the log of a command', () => {
  afterEach(() => vi.restoreAllMocks());

  function written(environment: NodeJS.ProcessEnv): { out: string; errors: string } {
    const result = { out: '', errors: '' };
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      result.out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      result.errors += String(text);
      return true;
    });
    startCommandLog(environment);
    log.debug('a detail');
    logSlowQuery({ name: 'lanes', durationMs: 61.4 });
    log.warn('a warning', { password: 'swordfish' });
    vi.restoreAllMocks();
    return result;
  }

  it('has warnings only, on standard error', () => {
    const { out, errors } = written({});
    expect(out).toBe('');
    expect(errors).toMatch(/^heron: warn: a warning .*\n$/);
    expect(errors).not.toContain('swordfish');
  });

  it('has everything with HERON_LOG=debug', () => {
    const { out, errors } = written({ HERON_LOG: 'debug' });
    expect(out).toBe('');
    expect(errors).toContain('heron: debug: a detail\n');
    expect(errors).toContain('heron: info: Slow history query: lanes took 61 ms.\n');
  });

  it('says so when HERON_LOG has no such level', () => {
    expect(written({ HERON_LOG: 'loud' }).errors).toContain('heron: warn: HERON_LOG is "loud".');
  });
});
