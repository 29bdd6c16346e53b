/**
 * conflict: an id or hash is taken, or what it belongs to is not there · bad-cursor · bad-input: cannot be stored as given ·
 * unmigrated, newer-schema: the database and this version do not fit together · corrupt · read-only · full ·
 * busy: others kept it locked for too long · unavailable: the backend failed otherwise.
 */
export type StoreErrorCode =
  | 'conflict'
  | 'bad-cursor'
  | 'bad-input'
  | 'unmigrated'
  | 'newer-schema'
  | 'corrupt'
  | 'read-only'
  | 'full'
  | 'busy'
  | 'unavailable';

/** Every failure of the store. The message holds no stored value, so it may be logged. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
