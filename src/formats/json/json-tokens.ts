import { Tokenizer, TokenType } from '@streamparser/json'
import { NoRecords, nestedLimits } from '../nested/index.js'

export type JsonToken = '{' | '}' | '[' | ']' | ':' | ',' | 'text' | 'number' | 'word'

/** Takes each token: the text of a string, a number as it is written, true, false, or nothing for null. */
export type TokenTaker = (token: JsonToken, text: string) => void

const marks: Readonly<Partial<Record<TokenType, JsonToken>>> = {
  [TokenType.LEFT_BRACE]: '{',
  [TokenType.RIGHT_BRACE]: '}',
  [TokenType.LEFT_BRACKET]: '[',
  [TokenType.RIGHT_BRACKET]: ']',
  [TokenType.COLON]: ':',
  [TokenType.COMMA]: ',',
}

/** By itself it would make floating points of numbers. */
class NumbersAsText extends Tokenizer {
  protected override parseNumber(text: string): number {
    return text as unknown as number
  }
}

const BYTES_OF_A_CHARACTER = 6

/** Cuts JSON in UTF-8 into its tokens, piece by piece. */
export class JsonTokens {
  private readonly tokenizer = new NumbersAsText()
  private piece: Uint8Array = new Uint8Array()
  /** Bytes before the piece. */
  private before = 0
  /** In the piece; its length where there is none any more. */
  private nextNewline = 0
  private newlines = 0
  /** Where the last token begins. */
  private tokenAt = 0

  constructor(take: TokenTaker) {
    this.tokenizer.onToken = ({ token, value, offset }) => {
      this.tokenAt = offset
      const mark = marks[token]
      if (mark !== undefined) take(mark, mark)
      else if (token === TokenType.STRING) take('text', this.known(value as string))
      else if (token === TokenType.NUMBER) take('number', this.known(value as unknown as string))
      else take('word', value === null ? '' : String(value))
    }
  }

  /** Physical line on which the last token begins, 1-based. */
  get line(): number {
    return this.lineAt(this.tokenAt)
  }

  /** @throws NoRecords */
  write(piece: Uint8Array): void {
    this.piece = piece
    this.nextNewline = this.newlineFrom(0)
    try {
      this.tokenizer.write(piece)
    } catch (error) {
      throw error instanceof NoRecords ? error : this.refused('characters that are no JSON')
    }
    this.before += piece.length
    const unfinished = this.before - this.tokenAt - piece.length
    if (unfinished > BYTES_OF_A_CHARACTER * nestedLimits.value) throw this.refused(tooLong)
    while (this.nextNewline < piece.length) this.passNewline()
  }

  /** @throws NoRecords where it ends in the middle of a token */
  end(): void {
    try {
      this.tokenizer.end()
    } catch (error) {
      throw error instanceof NoRecords ? error : new NoRecords('it ends in the middle of a value', this.line, true)
    }
  }

  private known(text: string): string {
    if (text.length > nestedLimits.value) throw this.refused(tooLong)
    if (/[\ud800-\udfff]/u.test(text)) throw this.refused('half a character: one of \\ud800 to \\udfff alone')
    return text
  }

  private refused(what: string): NoRecords {
    return NoRecords.inLine(this.line, what)
  }

  private lineAt(offset: number): number {
    while (this.nextNewline < Math.min(offset - this.before, this.piece.length)) this.passNewline()
    return this.newlines + 1
  }

  private passNewline(): void {
    this.newlines++
    this.nextNewline = this.newlineFrom(this.nextNewline + 1)
  }

  private newlineFrom(from: number): number {
    const at = this.piece.indexOf(10, from)
    return at < 0 ? this.piece.length : at
  }
}

const tooLong = `a value of more than ${nestedLimits.value} characters`
