import * as z from 'zod/mini';

// Nothing may be compiled from strings at the edge; without it zod would try first.
z.config({ jitless: true });

/** The schemas that have a name in the OpenAPI document. */
export const components = z.registry<{ id: string }>();
