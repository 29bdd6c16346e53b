import type {
  CheckInput,
  CheckOptions,
  EngineStamp,
  InjectedSpan,
  LineVerdict,
  Sieve,
  Verdict,
} from '../../src/index.ts';

export const fakeEngine: EngineStamp = {
  version: '0.0.0',
  model: 'a'.repeat(64),
  rules: 'b'.repeat(64),
  policy: 'c'.repeat(64),
};

/** A sieve that takes every `casino` for spam, is the same on every runtime, and breaks on `detonate`. */
export const fakeSieve: Sieve = { engine: fakeEngine, policies: ['balanced'], check };

function check(input: CheckInput, options: CheckOptions = {}): Verdict {
  const source = input.text ?? input.html ?? input.markdown ?? '';
  if (source.includes('detonate')) throw new Error('secret of the engine');
  const spans = [...source.matchAll(/casino/g)].map(({ index }) => spanAt(index, source, options));
  return {
    id: input.id ?? crypto.randomUUID(),
    verdict: spans.length > 0 ? 'clean' : 'pass',
    posterior: spans.length > 0 ? 0.99 : 0,
    spans,
    ...(options.lines === true ? { lines: [lineOf(source)] } : {}),
    ...(source.includes('bonus') ? { suppressed: [{ start: 0, end: 5, rule: 'x.bonus', allow: 'allow.bonus' }] } : {}),
    ...(options.clean === true ? { cleaned: source.replaceAll('casino', '') } : {}),
    coverage: { lines: source.split('\n').length, characters: source.length, truncated: false },
    engine: fakeEngine,
    offsetUnit: 'utf16',
  };
}

function spanAt(start: number, source: string, { explain }: CheckOptions): InjectedSpan {
  const end = start + 'casino'.length;
  const top = explain === true ? { top: [['asi', 1.5] as const] } : {};
  return {
    start,
    end,
    line: source.slice(0, start).split('\n').length,
    category: 'gambling',
    logOdds: 9,
    posterior: 0.99,
    action: 'remove',
    reasons: [
      { code: 'bayes', weight: 3, ...top },
      { code: 'rule:x.casino', weight: 6, start, end },
    ],
    ...(source.includes('<')
      ? {
          pieces: [
            { start, end: start + 2 },
            { start: start + 3, end },
          ],
        }
      : {}),
  };
}

function lineOf(source: string): LineVerdict {
  return {
    n: 1,
    start: 0,
    end: source.length,
    kind: 'text',
    hidden: false,
    label: 'mixed',
    logOdds: 1,
    posterior: 0.6,
  };
}
