/** Bytes of a segment in its file. */
export interface Span {
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
}
