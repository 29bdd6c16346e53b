import { problems, textAnswer, type Json } from './openapi-parts.ts';

/** Akismet's protocol; its own documentation names more fields, which are read past here. */
export function akismetPaths(): Json {
  return {
    '/1.1/verify-key': operation('akismetVerifyKey', 'May the key check?', 'valid or invalid.', KEY),
    '/1.1/comment-check': operation(
      'akismetCommentCheck',
      'Is a comment spam?',
      'true, false or invalid.',
      COMMENT,
      GUID,
    ),
    '/1.1/submit-spam': operation('akismetSubmitSpam', 'It was spam (scope samples)', 'Thanks, or invalid.', COMMENT),
    '/1.1/submit-ham': operation('akismetSubmitHam', 'It was no spam (scope samples)', 'Thanks, or invalid.', COMMENT),
  };
}

const field = (description: string, ...examples: string[]): Json => ({ type: 'string', description, examples });

const KEY = {
  blog: field('Address of the site; must be there.', 'https://blog.example/'),
  key: field('The key, where it is not the first label of the host name. comment-check calls it api_key.'),
};

const COMMENT = {
  ...KEY,
  api_key: field('The key.'),
  comment_content: field('What is judged; read as HTML where it holds elements.', 'Nice article!'),
  comment_author: field('Judged too. viagra-test-123 is always spam.', 'Ann'),
  comment_author_email: field('akismet-guaranteed-spam@example.com is always spam.', 'ann@example.com'),
  comment_author_url: field('Judged too.', 'https://ann.example/'),
  is_test: field('1 or true: neither counted nor logged.', '1'),
  guid: field('submit-*: the X-akismet-guid of the answer that is meant.'),
};

const header = (description: string): Json => ({ description, schema: { type: 'string' } });

const HELP = {
  'X-akismet-debug-help': header(
    'What is wrong with the request or its key, which needs the scope check, and samples for submit-*; absent where nothing is.',
  ),
};

const GUID = {
  'X-akismet-guid': header('Id of the verdict.'),
  'X-akismet-pro-tip': header('discard: nothing of the comment would be left.'),
};

function operation(operationId: string, summary: string, text: string, properties: Json, headers: Json = {}): Json {
  const content = {
    'application/x-www-form-urlencoded': { schema: { type: 'object', properties, required: ['blog'] } },
  };
  const ok = textAnswer(text, 'text/plain');
  const all = { ...(ok['headers'] as Json), ...HELP, ...headers };
  const submits = operationId.startsWith('akismetSubmit');
  return {
    post: {
      operationId,
      tags: ['akismet'],
      summary,
      requestBody: { required: true, content },
      responses: {
        200: { ...ok, headers: all },
        ...(submits ? { 501: textAnswer('No samples are kept here.', 'text/plain') } : {}),
        ...problems(400, 413, 415, 422, 500, 503),
      },
    },
  };
}
