/** Exit codes of every command. */
export const EXIT = { clean: 0, findings: 1, usage: 2, internal: 3 } as const;

/** A failure that the user can mend: printed as one line, without a stack. */
export class UserFailure extends Error {
  override readonly name = 'UserFailure';
  readonly code: number;

  constructor(message: string, code: number = EXIT.usage) {
    super(message);
    this.code = code;
  }
}
