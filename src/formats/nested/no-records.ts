/** Why no records can be read out of a file: a clause that goes on after its name. */
export class NoRecords extends Error {
  constructor(
    message: string,
    /** Physical line, 1-based. */
    readonly line: number,
    /** Its end is missing. */
    readonly cut = false,
    /** What a line has that cannot be read, where it is one line that cannot. */
    readonly what?: string,
  ) {
    super(message)
  }

  static inLine(line: number, what: string, cut = false): NoRecords {
    return new NoRecords(`line ${line} has ${what}`, line, cut, what)
  }
}
