import { expect, it } from 'vitest';

it('runs inside workerd, not in Node', () => {
  expect(navigator.userAgent).toBe('Cloudflare-Workers');
});
