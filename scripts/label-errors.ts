/**
 * Writes which spam lines of the corpora are left out of training because models that have not seen them find them thoroughly honest: hashes, no
 * text. Titles and comments were collected, not read, and hold `room service` and thanks for a video beside spam. Honest lines are all believed:
 * what is wrong among them is measured as false alarms all the same, and leaving it out found fewer titles at the same number (DESIGN.md, "Scaling").
 */
import { writeFileSync } from 'node:fs';
import { LABEL_ERRORS } from './background-lines.ts';
import { crossFits } from './cross-fits.ts';

const results = await crossFits('--every-label');
const doubted = results.flatMap((result) => result.doubted).sort();
writeFileSync(LABEL_ERRORS, `${JSON.stringify(doubted, null, 1)}\n`);
console.log(`${doubted.length} spam lines are left out of training`);
