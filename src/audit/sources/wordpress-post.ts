import { skipped, type SourceItem } from '../source.ts';

/** A row of `wp_posts`, by the names of its columns. */
export interface WordPressPost {
  readonly ID: string;
  readonly post_title: string;
  readonly post_content: string;
  readonly post_excerpt: string;
  readonly post_status: string;
  readonly post_type: string;
  readonly post_modified: string;
}

export const POST_COLUMNS: readonly (keyof WordPressPost)[] = [
  'ID',
  'post_title',
  'post_content',
  'post_excerpt',
  'post_status',
  'post_type',
  'post_modified',
];

/** Never shown to a reader: what was typed before, menus, and what lies in the bin. */
const NOT_SHOWN_TYPES = new Set(['revision', 'nav_menu_item']);
const NOT_SHOWN_STATES = new Set(['trash', 'auto-draft']);
const FIELDS = ['post_title', 'post_content', 'post_excerpt'] as const;

/** The fields of a post as documents, each with its column as place; a post that no reader sees is skipped. */
export function* itemsOfPost(source: string, post: WordPressPost, entry = post.ID): Generator<SourceItem> {
  const place = { source, entry };
  if (NOT_SHOWN_TYPES.has(post.post_type) || NOT_SHOWN_STATES.has(post.post_status)) {
    const kind = NOT_SHOWN_TYPES.has(post.post_type) ? post.post_type : post.post_status;
    yield skipped(place, 'not-shown', `post ${post.ID} is a ${kind}`);
    return;
  }
  const modified = isoOf(post.post_modified);
  for (const field of FIELDS) {
    if (post[field].trim() === '') continue;
    const id = field === 'post_content' ? `post ${post.ID}` : `post ${post.ID} ${field}`;
    const contentType = field === 'post_title' ? 'text/plain' : 'text/html';
    yield {
      kind: 'document',
      id,
      place: { ...place, field },
      contentType,
      content: post[field],
      ...(modified === null ? {} : { lastModified: modified }),
    };
  }
}

/** `2026-03-01 10:00:00` as ISO 8601; `null` for MySQL's zero date and anything else. */
function isoOf(date: string): string | null {
  const parts = /^(\d{4}-(?!00)\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(date);
  return parts === null ? null : `${parts[1]}T${parts[2]}Z`;
}
