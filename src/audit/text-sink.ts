/** A text that is written as it comes. */
export interface TextSink {
  /** UTF-8 bytes that were written. */
  readonly bytes: number;
  write(text: string): Promise<void>;
  /** When it is fulfilled, the text is where it belongs. */
  close(): Promise<void>;
}

/** Begins a text by its name, like `report.csv`. */
export type OpenText = (name: string) => TextSink;

/** A whole text, given in one piece or in several. */
export async function writeText(open: OpenText, name: string, text: string | Iterable<string>): Promise<void> {
  const sink = open(name);
  for (const part of typeof text === 'string' ? [text] : text) await sink.write(part);
  await sink.close();
}
