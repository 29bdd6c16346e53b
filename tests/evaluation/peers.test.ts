import { afterEach, describe, expect, it } from 'vitest';
import { automaton } from '../../bench/peers/automaton.ts';
import { bogofilter } from '../../bench/peers/bogofilter.ts';
import { fasttext } from '../../bench/peers/fasttext.ts';
import { linesieve, shipped } from '../../bench/peers/linesieve.ts';
import { measurePeer } from '../../bench/peers/measure.ts';
import { natural } from '../../bench/peers/natural.ts';
import type { Peer } from '../../bench/peers/peer.ts';
import { isInstalled } from '../../bench/peers/program.ts';
import { rspamd } from '../../bench/peers/rspamd.ts';
import { spamassassin } from '../../bench/peers/spamassassin.ts';
import { wink } from '../../bench/peers/wink.ts';
import type { LabelledLine } from '../../src/training/scaling.ts';

const SPAM = ['国产精品一区_久久午夜无码', '亚洲成人网站_人妻熟女自拍', '免费国产无码视频_久久精品'];
const HONEST = ['会议在北京举行，代表们讨论了三项议案', '图书馆周末照常开放', '全市道路今天恢复通行，请注意安全'];
const TRAINING: LabelledLine[] = [
  ...SPAM.map((text) => ({ text, label: 'spam' as const })),
  ...HONEST.map((text) => ({ text, label: 'legit' as const })),
];
const [SOME_SPAM, SOME_HONEST] = ['久久国产精品无码', '图书馆今天讨论议案'];
const PATH = process.env['PATH'];

describe('peers', () => {
  afterEach(() => {
    process.env['PATH'] = PATH;
  });

  it.for(
    [linesieve, shipped, natural, wink, automaton, fasttext, bogofilter, spamassassin, rspamd].map(
      (peer) => [peer.name, peer] as const,
    ),
  )('%s: spam scores above what is honest, line by line in order', async ([, peer], { skip }) => {
    const trained = await peer.train(TRAINING);
    if (trained === null) {
      skip('the program is not installed');
      return;
    }
    const scores = await trained.score([SOME_HONEST, SOME_SPAM, SOME_HONEST]);
    await trained.close();
    expect(scores).toHaveLength(3);
    expect(scores[1]).toBeGreaterThan(scores[0]);
    expect(scores[2]).toBe(scores[0]);
    expect(trained.bytes).toBeGreaterThan(0);
  });

  it('that are not installed say so', async () => {
    process.env['PATH'] = '';
    expect(isInstalled('fasttext')).toBe(false);
    const peers = [fasttext, bogofilter, spamassassin, rspamd];
    expect(await Promise.all(peers.map((peer) => peer.train(TRAINING)))).toEqual(peers.map(() => null));
  });
});

describe('a measurement', () => {
  const lines = {
    training: TRAINING,
    honest: Array.from({ length: 2000 }, (_, i) => String(i)),
    phrases: ['1998', '2000', '3000', '4000'],
    lists: [],
    glued: [],
  };
  const peer: Peer = {
    name: 'numbers',
    spans: 'no',
    trains: 2,
    measures: 1999,
    train: (given) => Promise.resolve({ bytes: given.length, score: (texts) => texts.map(Number), close: () => {} }),
  };

  it('finds what scores above the second honest line at 1 in 1,000, and says nothing where lines are too few', async () => {
    const figures = await measurePeer(peer, lines);
    expect(figures).toMatchObject({ learned: '2 lines', honestLines: 1999, bytes: 2, phrasesAt10000: null });
    expect(figures?.phrasesAt1000).toMatch(/^100\.0 /);
    const more = await measurePeer(
      { ...peer, measures: 2000 },
      { ...lines, phrases: ['1997', '1998', '1999', '2000'] },
    );
    expect(more?.phrasesAt1000).toMatch(/^75\.0 /);
  });

  it('closes a peer that fails to score', async () => {
    let isClosed = false;
    const failing = {
      bytes: 0,
      score: () => Promise.reject(new Error('no daemon')),
      close: () => {
        isClosed = true;
      },
    };
    await expect(measurePeer({ ...peer, train: () => Promise.resolve(failing) }, lines)).rejects.toThrow('no daemon');
    expect(isClosed).toBe(true);
  });
});
