import countsFile from '../../models/base/counts.bin';
import modelFile from '../../models/base/model.bin';
import policyFile from '../../models/base/policy.json' with { type: 'json' };
import { decodeModel } from '../../src/bayes/codec.ts';
import { decodeCounts } from '../../src/bayes/figures.ts';
import { once } from '../../src/service/once.ts';
import { parsePolicy } from '../../src/verdict/policy.ts';
import { Instant } from './instant.ts';

/** `POST` a list of texts: each is learned; gives the digest of the last model. An isolate goes on from request to request. */
const instant = once(async () => {
  const model = await decodeModel(new Uint8Array(modelFile));
  return new Instant({ model, counts: await decodeCounts(new Uint8Array(countsFile)) }, parsePolicy(policyFile));
});

export default {
  async fetch(request: Request): Promise<Response> {
    const learner = await instant();
    let digest = '';
    for (const text of (await request.json()) as string[]) digest = await learner.learn(text);
    return new Response(digest);
  },
};
