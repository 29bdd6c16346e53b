import { createRandom } from '../src/training/random.ts';
import { articleLines } from './texts.ts';

const SPAM = [
  '国产精品一区二区_久久午夜无码_亚洲成人网站',
  'situs slot gacor, judi bola online, bandar togel terpercaya',
];
const PARAGRAPHS = 8;
const ONE_IN = 20;

/** Articles without end, one in twenty with an injected line at its end; always the same. */
export function* articleTexts(): Generator<string, never> {
  const random = createRandom(17);
  const paragraphs = [...articleLines('chinese', 400_000), ...articleLines('latin', 400_000)];
  for (let n = 0; ; n++) {
    const lines = Array.from({ length: PARAGRAPHS }, () => random.oneOf(paragraphs));
    yield (n % ONE_IN === 0 ? [...lines, random.oneOf(SPAM)] : lines).join('\n');
  }
}
