import type { CheckInput } from '../index.ts';
import type { Form } from './akismet-form.ts';

/** Names that Akismet's documentation promises to be spam, whatever the rest says. There are none here that promise the contrary. */
const TRIGGERS: Readonly<Record<string, string>> = {
  comment_author: 'viagra-test-123',
  comment_author_email: 'akismet-guaranteed-spam@example.com',
};

/** Content with an element or a comment in it is read as HTML, as the sites that send it show it. */
const LOOKS_LIKE_HTML = /<(?:[a-z][a-z0-9]*[\s/>]|\/[a-z]|!--)/i;

/** What one comment is judged by: who signs it, the address behind the name, and what it says, a line each. */
export function documentOf(form: Form, id: string): CheckInput {
  const signature = ['comment_author', 'comment_author_url']
    .map((name) => form.get(name) ?? '')
    .filter((one) => one !== '');
  const content = form.get('comment_content') ?? '';
  if (!LOOKS_LIKE_HTML.test(content)) return { text: [...signature, content].join('\n'), id };
  return { html: [...signature.map((one) => `<p>${escaped(one)}</p>`), content].join('\n'), id };
}

/** Whether a field says that this is the guaranteed spam of a test. */
export function isTrigger(form: Form): boolean {
  return Object.entries(TRIGGERS).some(([name, value]) => form.get(name)?.trim().toLowerCase() === value);
}

/** A request that tests a client: answered, not counted and not logged. */
export function isTest(form: Form): boolean {
  return /^(?:1|true|on|yes)$/i.test(form.get('is_test') ?? '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
