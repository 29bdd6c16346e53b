import { LONGEST_TEXT } from '../samples/sample.ts';
import { htmlDocument } from '../text/markup-html.ts';
import { tenantOf } from './authenticate.ts';
import type { SampleDesk } from './sample-desk.ts';
import { sampleFaults } from './sample-import.ts';
import type { SampleSink } from './sample-sink.ts';

/** A sink that keeps what clients of other protocols say, as the label of their key. Of a long text the first part is kept. */
export function submittedSamples(desk: SampleDesk): SampleSink {
  return {
    async add(c, { label, input, verdictId }) {
      const { tenant, keyId } = tenantOf(c);
      const source = input.text ?? textOfMarkup(input.html ?? '');
      const text = source.slice(0, LONGEST_TEXT);
      const facts = { category: null, language: null, site: null, documentId: input.id ?? null, span: null };
      const sample = { ...facts, text, label, origin: 'human' as const, author: keyId, verdictId };
      await desk.add(tenant, [sampleFaults(sample)]);
    },
  };
}

function textOfMarkup(html: string): string {
  return htmlDocument(html).text;
}
