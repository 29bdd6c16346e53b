import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentOfSample, samplesOfComments } from '../../../src/samples/formats/akismet.ts';
import { contentOfText, textOfContent } from '../../../src/samples/formats/html-text.ts';
import { all, BARE, brief, complaints, cut } from './rows.ts';

const comments = [
  { comment_content: 'Best odds, [here] "now" \\', is_spam: true },
  { content: 'Thanks for the {recipe}', is_spam: 'ham' },
  { comment_content: 'odds', is_spam: 0 },
  { comment_content: 'waits', comment_approved: '0' },
  { comment_content: 'in the bin', comment_approved: 'trash' },
  { comment_content: 'odds again', comment_approved: 'spam' },
  { comment_content: 'well said', comment_approved: '1' },
  { content: { rendered: '<p>fine</p>\n' }, status: 'approved' },
  { comment_content: 'nobody said' },
  { comment_content: 7, is_spam: true },
];
const expected = [
  'spam Best odds, [here] "now" \\',
  'legit Thanks for the {recipe}',
  'legit odds',
  '! 4',
  '! 5',
  'spam odds again',
  'legit well said',
  'legit fine',
  '! 9',
  '! 10',
];
const numbered = (mark: string): string[] => expected.map((line) => line.replace('! ', `! f${mark}`));

describe('comments', () => {
  it('are read from NDJSON', async () => {
    const text = comments.map((row) => JSON.stringify(row)).join('\n');
    expect(await brief(samplesOfComments(text, { source: 'f' }))).toEqual(numbered(':'));
  });

  it('are read from a JSON array, however it is cut', async () => {
    for (const text of [JSON.stringify(comments), `\ufeff \n${JSON.stringify(comments, null, 2)}\n`]) {
      for (let size = 1; size < 40; size++) {
        expect(await brief(samplesOfComments(cut(text, size), { source: 'f' })), `${size}`).toEqual(numbered('#'));
      }
    }
  });

  it('are read from CSV', async () => {
    const text = 'comment_ID,comment_content,comment_approved\n1,"odds, odds",spam\n2,fine,1\n3,waits,0\n';
    expect(await brief(samplesOfComments(text, { source: 'f' }))).toEqual(['spam odds, odds', 'legit fine', '! f:4']);
  });

  it('are judged by what a reader sees', async () => {
    const content = '<a href="https://odds.example">best odds</a><br>win &amp; win<p style="display:none">unseen</p>';
    const text = JSON.stringify({ comment_content: content, is_spam: '1' });
    expect(await brief(samplesOfComments(text))).toEqual(['spam best odds\nwin & win']);
  });

  it('carry site and document', async () => {
    const text = JSON.stringify([
      { comment_content: 'a', is_spam: 1, blog: 'https://b.example', permalink: 'https://b.example/1' },
      { comment_content: 'b', is_spam: 1, comment_post_ID: 12 },
    ]);
    expect(await all(samplesOfComments(text, { defaults: { site: 'mine', author: 'ann' } }))).toEqual([
      {
        ...BARE,
        text: 'a',
        label: 'spam',
        author: 'ann',
        site: 'https://b.example',
        documentId: 'https://b.example/1',
      },
      { ...BARE, text: 'b', label: 'spam', author: 'ann', site: 'mine', documentId: '12' },
    ]);
  });

  it('say what they miss', async () => {
    expect(await complaints(samplesOfComments('comment,spam\na,1\n'))).toEqual([
      expect.stringContaining('no column of comment_content or content, and of is_spam or comment_approved or status'),
    ]);
    expect(await complaints(samplesOfComments('{"content": "x", "is_spam": "maybe"}\nnull\n[]'))).toEqual([
      expect.stringContaining('is_spam must be'),
      expect.stringContaining('is_spam must be'),
      expect.stringContaining('is_spam must be'),
    ]);
  });

  it('go on after broken and huge elements of an array', async () => {
    const huge = `{"content":"${'x'.repeat(10_000_000)}","is_spam":1}`;
    const text = `[{"content":"a","is_spam":1},{"content":},{"__proto__":{"content":"x","is_spam":1}},${huge},{"content":"b","is_spam":1},{"c`;
    const places = ['spam a', '! f#2', '! f#3', '! f#4', 'spam b', '! f#6'];
    expect(await brief(samplesOfComments(text, { source: 'f' }))).toEqual(places);
    expect(await brief(samplesOfComments(cut(text, 65_536), { source: 'f' }))).toEqual(places);
  });

  it.each(['', ' \n', '\ufeff'])('are none in %j', async (text) => {
    expect(await all(samplesOfComments(text))).toEqual([]);
  });

  it('are written so that they come back', async () => {
    for (const text of ['best odds', 'a <b> & c</b>', '<!-- x', 'a\nb <br/> &amp;', '1 < 2 & 3 > 2', 'x\0\ud800']) {
      const sample = { ...BARE, text, label: 'spam', site: 'https://b.example', documentId: '7' } as const;
      expect(await all(samplesOfComments(commentOfSample(sample)))).toEqual([sample]);
    }
  });
});

describe('text as content', () => {
  it('comes back but for blanks', () => {
    const unit = fc.constantFrom('<', '>', '&', 'b', '/', '!', '-', '\n', ' ', 'amp;', '"', '久');
    const bare = (text: string): string[] =>
      text
        .split('\n')
        .map((line) => line.trim().replaceAll(/ +/g, ' '))
        .filter(Boolean);
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        expect(bare(textOfContent(contentOfText(text)))).toEqual(bare(text));
      }),
    );
  });
});
