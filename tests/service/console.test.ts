import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { consolePage } from '../../src/console/page.ts';
import { createApp } from '../../src/service/app.ts';
import { fakeSieve } from './fake-sieve.ts';

const app = createApp({ sieve: () => fakeSieve, version: '0.0.0', page: consolePage });

/** As much of an element as the console's script uses. */
class FakeElement {
  readonly name: string;
  children: (FakeElement | string)[] = [];
  className = '';
  value = '';
  hidden = false;
  disabled = false;
  readonly listeners: Record<string, (event: object) => Promise<void>> = {};

  constructor(name: string) {
    this.name = name;
  }
  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }
  set textContent(text: string) {
    this.children = [text];
  }
  append(...children: (FakeElement | string)[]): void {
    this.children.push(...children);
  }
  replaceChildren(...children: (FakeElement | string)[]): void {
    this.children = children;
  }
  addEventListener(type: string, listener: (event: object) => Promise<void>): void {
    this.listeners[type] = listener;
  }
  all(name: string): FakeElement[] {
    const inner = this.children.filter((child) => typeof child !== 'string');
    return inner.flatMap((child) => [...(child.name === name ? [child] : []), ...child.all(name)]);
  }
}

/** The page with its script running; requests go to the app. */
function openPage() {
  const ids = [...consolePage.html.matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id);
  const byId = Object.fromEntries(ids.map((id) => [id, new FakeElement('div')]));
  const copied: string[] = [];
  runInNewContext(consolePage.script, {
    document: { getElementById: (id: string) => byId[id], createElement: (name: string) => new FakeElement(name) },
    navigator: { clipboard: { writeText: async (text: string) => void copied.push(text) } },
    sessionStorage: { getItem: () => null, setItem: () => {} },
    fetch: (path: string, init: RequestInit) => app.request(path, init),
  });
  const at = (id: string): FakeElement => byId[id] ?? new FakeElement(`no ${id}`);
  const submit = async (source: string, kind = 'text') => {
    at('source').value = source;
    at('kind').value = kind;
    await at('form').listeners['submit']?.({ preventDefault: () => {} });
  };
  return { at, submit, copied };
}

describe('the console', () => {
  it('marks the spans, and shows the reasons and the cleaned text', async () => {
    const { at, submit, copied } = openPage();
    await submit('fine <b>\ncasino & casino');
    expect(at('marked').textContent).toBe('fine <b>\ncasino & casino');
    expect(
      at('marked')
        .all('mark')
        .map((mark) => [mark.textContent, mark.className]),
    ).toEqual([
      ['ca', 'remove'],
      ['ino', 'remove'],
      ['ca', 'remove'],
      ['ino', 'remove'],
    ]);
    expect(at('verdict').textContent).toBe('clean: publishable without the marked spans');
    expect(at('reasons').children.map((row) => (row as FakeElement).all('td').map((cell) => cell.textContent))).toEqual(
      [
        ['2', 'gambling', '0.9900', 'remove', 'bayes: asi 1.5', '3.00'],
        ['', '', '', '', 'rule:x.casino', '6.00'],
        ['2', 'gambling', '0.9900', 'remove', 'bayes: asi 1.5', '3.00'],
        ['', '', '', '', 'rule:x.casino', '6.00'],
      ],
    );
    expect(at('cleaned').value).toBe('fine <b>\n & ');
    expect([at('result').hidden, at('found').hidden, at('check').disabled]).toEqual([false, false, false]);
    await at('copy').listeners['click']?.({});
    expect(copied).toEqual(['fine <b>\n & ']);
  });

  it('marks a whole span where it has no pieces', async () => {
    const { at, submit } = openPage();
    await submit('a casino', 'markdown');
    expect(at('marked').children.map((part) => (typeof part === 'string' ? part : part.textContent))).toEqual([
      'a ',
      'casino',
      '',
    ]);
  });

  it('says when nothing was found', async () => {
    const { at, submit } = openPage();
    await submit('fine');
    expect([at('verdict').textContent, at('found').hidden]).toEqual(['pass: nothing found', true]);
  });

  it('shows what the service complains of, and works on afterwards', async () => {
    const { at, submit } = openPage();
    await submit('detonate');
    expect(at('status').textContent).toBe('Internal error: the request could not be answered; the fault is ours');
    expect([at('result').hidden, at('check').disabled]).toEqual([true, false]);
    await submit('fine');
    expect([at('status').textContent, at('result').hidden]).toEqual(['', false]);
  });
});

describe('its page', () => {
  it('may ask this service only, and asks nobody else', async () => {
    const response = await app.request('/');
    expect(response.headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    const addresses =
      Object.values(consolePage)
        .join('\n')
        .match(/\bhttps?:\/\/[^'"\s]+/g) ?? [];
    expect(addresses).toEqual(['http://www.w3.org/2000/svg']);
    expect(consolePage.html).not.toMatch(/\son\w+=|<style|style=|<script>/);
  });

  it.each([
    ['/console.css', 'text/css; charset=utf-8'],
    ['/console.js', 'text/javascript; charset=utf-8'],
  ])('loads %s', async (path, type) => {
    expect(consolePage.html).toContain(`"${path}"`);
    const response = await app.request(path);
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, type]);
    expect((await response.text()).length).toBeGreaterThan(1_000);
  });

  it('styles and scripts only what it has', () => {
    const ids = new Set([...consolePage.html.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id));
    const named = [...consolePage.script.matchAll(/\bat\('(\w+)'\)/g), ...consolePage.style.matchAll(/^#(\w+)\b/gm)];
    expect(named.map(([, id]) => id).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('is left out where no page is given', async () => {
    const bare = createApp({ sieve: () => fakeSieve, version: '0.0.0' });
    expect((await bare.request('/')).status).toBe(404);
  });
});
