import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULTS, readConfig, type Setting } from '../../src/node/config.ts';
import { UserFailure } from '../../src/node/failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'linesieve-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the configuration', () => {
  it('is the defaults where nothing is said', () => {
    const { config, sources } = readConfig({}, {});
    expect(config).toEqual(DEFAULTS);
    expect(new Set(Object.values(sources))).toEqual(new Set(['default']));
  });

  it('takes flags before variables before the file, and says which', () => {
    const path = file('all.json', { port: 1, host: '::1', workers: 2, graceSeconds: 3 });
    const environment = { LINESIEVE_CONFIG: path, LINESIEVE_PORT: '4', LINESIEVE_HOST: '0.0.0.0', LINESIEVE_DATA: '' };
    const { config, sources } = readConfig({ port: '5' }, environment);
    expect(config).toEqual({ ...DEFAULTS, port: 5, host: '0.0.0.0', workers: 2, graceSeconds: 3 });
    expect(sources).toEqual({
      port: '--port',
      host: 'LINESIEVE_HOST',
      data: 'default',
      workers: path,
      bodyBytes: 'default',
      rowBytes: 'default',
      jsonDepth: 'default',
      documentLines: 'default',
      lineLength: 'default',
      corsOrigins: 'default',
      graceSeconds: path,
      requestsPerMinute: 'default',
      retrainHours: 'default',
    });
  });

  it('reads the file that a flag names before that of the variable', () => {
    const environment = { LINESIEVE_CONFIG: file('a.json', { port: 1 }) };
    expect(readConfig({ config: file('b.json', { port: 2 }) }, environment).config.port).toBe(2);
  });

  it.each([
    ['port', 65_535, 'LINESIEVE_PORT'],
    ['host', 'localhost', 'LINESIEVE_HOST'],
    ['data', '/srv', 'LINESIEVE_DATA'],
    ['workers', 3, 'LINESIEVE_WORKERS'],
    ['bodyBytes', 1_000, 'LINESIEVE_BODY_BYTES'],
    ['graceSeconds', 0, 'LINESIEVE_GRACE_SECONDS'],
    ['requestsPerMinute', 0, 'LINESIEVE_REQUESTS_PER_MINUTE'],
    ['retrainHours', 24, 'LINESIEVE_RETRAIN_HOURS'],
    ['rowBytes', 1_000, 'LINESIEVE_ROW_BYTES'],
    ['jsonDepth', 2, 'LINESIEVE_JSON_DEPTH'],
    ['documentLines', 10, 'LINESIEVE_DOCUMENT_LINES'],
    ['lineLength', 1_000, 'LINESIEVE_LINE_LENGTH'],
  ] as [Setting, string | number, string][])('can set %s everywhere', (name, value, variable) => {
    for (const [flags, environment] of [
      [{ [name]: String(value) }, {}],
      [{}, { [variable]: String(value) }],
      [{ config: file('one.json', { [name]: value }) }, {}],
    ] as const) {
      expect(readConfig(flags, environment).config).toEqual({ ...DEFAULTS, [name]: value });
    }
  });

  it('takes origins with commas between, and a list of them from a file', () => {
    const corsOrigins = ['https://a.org', 'http://b.org:8080'];
    const of = (...given: Parameters<typeof readConfig>) => readConfig(...given).config.corsOrigins;
    expect(of({ corsOrigins: 'https://a.org, http://b.org:8080' }, {})).toEqual(corsOrigins);
    expect(of({}, { LINESIEVE_CORS_ORIGINS: corsOrigins.join(',') })).toEqual(corsOrigins);
    expect(of({ config: file('cors.json', { corsOrigins }) }, {})).toEqual(corsOrigins);
  });

  it.each(['flag', 'variable', 'file'])('takes as many workers as can run at a time by %s', (how) => {
    const flags =
      how === 'flag' ? { workers: 'auto' } : how === 'file' ? { config: file('w.json', { workers: 'auto' }) } : {};
    const { config } = readConfig(flags, how === 'variable' ? { LINESIEVE_WORKERS: 'auto' } : {});
    expect(config.workers).toBeGreaterThan(0);
  });

  it.each([
    [{ port: '65536' }, {}, 'port (--port) must be a whole number from 0 to 65535'],
    [{ port: '' }, {}, 'port (--port) must be a whole number from 0 to 65535, not ""'],
    [{}, { LINESIEVE_PORT: 'http' }, 'port (LINESIEVE_PORT) must be a whole number from 0 to 65535, not "http"'],
    [{ corsOrigins: '*,x' }, {}, 'with commas between, not "*,x"'],
    [{ host: '', config: '' }, {}, '--config must name a file, not ""'],
    [{ port: '' }, {}, 'port (--port) must be a whole number from 0 to 65535'],
    [{ port: '1e3' }, {}, 'port (--port) must be a whole number from 0 to 65535'],
    [{}, { LINESIEVE_PORT: 'tcp://10.0.0.1:8787' }, 'port (LINESIEVE_PORT) must be a whole number from 0 to 65535'],
    [
      { workers: '0', host: '' },
      {},
      'host (--host) must be an address to listen on, not ""; workers (--workers) must be a whole',
    ],
    [{ corsOrigins: 'https://a.org/' }, {}, 'corsOrigins (--cors-origins) must be origins as https://cms.example'],
    [{}, { LINESIEVE_BODY_BYTES: '-1' }, 'bodyBytes (LINESIEVE_BODY_BYTES) must be a whole number from 1000'],
  ])('refuses %j %j', (flags, environment, message) => {
    expect(() => readConfig(flags, environment)).toThrow(UserFailure);
    expect(() => readConfig(flags, environment)).toThrow(message);
  });

  it.each([
    [{ prot: 1 }, /bad\.json: unknown prot; known are port, host, data/],
    [{ port: 'x', workers: 'auto' }, /^port \(.*bad\.json\) must be a whole number/],
    [{ host: 7 }, /^host \(.*bad\.json\) must be an address to listen on, not 7$/],
    [[], /bad\.json must be a JSON object/],
    ['{', /bad\.json: .*JSON/],
  ])('refuses the file %j', (content, message) => {
    expect(() => readConfig({ config: file('bad.json', content) }, {})).toThrow(message);
  });

  it('takes an empty variable for one that is not set, also that of the file', () => {
    expect(readConfig({}, { LINESIEVE_CONFIG: '', LINESIEVE_PORT: '' }).config).toEqual(DEFAULTS);
  });

  it('reads a file with a byte order mark', () => {
    expect(readConfig({ config: file('mark.json', '\ufeff{"port": 3}') }, {}).config.port).toBe(3);
  });

  it('refuses a file that is not there', () => {
    expect(() => readConfig({ config: join(folder, 'none.json') }, {})).toThrow(/none\.json: ENOENT/);
  });
});
