/** One step of an audit, as a message. */
export type AuditMessage =
  | { readonly tenant: string; readonly audit: string; readonly step: 'plan' }
  | { readonly tenant: string; readonly audit: string; readonly step: 'report' }
  | { readonly tenant: string; readonly audit: string; readonly step: 'shard'; readonly shard: number };

/** Carries messages to whoever runs steps, each at least once; where there is none, a worker looks for what is due. */
export interface AuditQueue {
  send(messages: readonly AuditMessage[]): Promise<void>;
}
