import type { CheckInput, CheckOptions } from '../index.ts';

/** A request that the documentation shows; a test posts each. */
export interface Example {
  readonly summary: string;
  readonly value: CheckInput & CheckOptions;
}

const NOTICE = 'The library on Mill Street opens at nine.\nMembers may borrow six books at a time.';
const SPAM = '真人百家樂娛樂城 註冊送體驗金 線上老虎機 體育投注平台 百家樂代理';

/** Requests to `POST /v1/check`, by name. */
export const CHECK_EXAMPLES: Readonly<Record<string, Example>> = {
  honest: { summary: 'An honest text', value: { text: NOTICE, id: 'notice-1' } },
  injected: {
    summary: 'A line of gambling keywords behind an honest text, with the cleaned text asked for',
    value: { text: `${NOTICE}\n${SPAM}\n`, id: 'notice-2', clean: true },
  },
  html: {
    summary: 'HTML with a hidden element, every line and the weighty n-grams asked for',
    value: { html: `<p>${NOTICE}</p>\n<div style="display:none">${SPAM}</div>`, lines: true, explain: true },
  },
  markdown: { summary: 'Markdown', value: { markdown: `# Library\n\n${NOTICE}\n` } },
};
