import type * as z from 'zod';

/** What one operation takes and gives; a path with `{id}` may also answer 404. */
export interface Row {
  readonly route: `${'get' | 'put' | 'post' | 'delete'} /v1/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** `null`: 204, without a body. */
  readonly gives: z.ZodType | null;
  /** 200 where left out. */
  readonly status?: 200 | 201 | 202;
}
