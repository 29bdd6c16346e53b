/** Why a request brought no answer. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure';
  /** A stable ASCII code, that of a notice. */
  readonly code: string;
  /** Whether another attempt may bring one. */
  readonly transient: boolean;

  constructor(code: string, message: string, transient = false) {
    super(message);
    this.code = code;
    this.transient = transient;
  }
}
