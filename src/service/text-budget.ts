import { nextTask } from './next-task.ts';

/** Characters of logged texts that one request looks through: some tenths of a second of judging. A single text may have as many. */
const MOST_CHARACTERS = 5_000_000;

/** The first texts, as many as have 5,000,000 characters together, but one at least. Whatever waits is done between two of them. */
export async function* withinBudget<T extends { readonly text: string }>(texts: AsyncIterable<T>): AsyncGenerator<T> {
  let characters = 0;
  for await (const one of texts) {
    const isFirst = characters === 0;
    characters += one.text.length;
    if (!isFirst && characters > MOST_CHARACTERS) return;
    yield one;
    await nextTask();
  }
}
