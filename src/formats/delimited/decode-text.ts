import iconv from 'iconv-lite'
import type { Dialect } from './dialect.js'
import { type EbcdicPage, ebcdicPages, ebcdicTable } from './ebcdic.js'
import { byteOrderMark, undecodable, wholeCharacters } from './encoding.js'

/** How the text of a file may be written. UTF-16 is as its byte order mark says; of the other two the mark goes before the name. */
export type FileEncoding = Dialect['encoding'] | 'utf-16' | 'utf-16le' | 'utf-16be' | EbcdicPage

/** Why a file is no text in its encoding. */
export class NotText extends Error {
  constructor(
    message: string,
    readonly byteOffset: number,
    /** It ends too early. */
    readonly cut: boolean,
  ) {
    super(message)
  }
}

/** Turns the bytes of a file, piece by piece, into text. */
export interface TextDecoder {
  /** @throws NotText */
  text(chunk: Buffer): string
  /** After the last piece. @throws NotText */
  end(): void
}

export function textDecoder(encoding: FileEncoding): TextDecoder {
  if (encoding === 'utf-16' || encoding === 'utf-16le' || encoding === 'utf-16be') return new Utf16(encoding)
  const page = ebcdicPages.find((one) => one === encoding)
  return page === undefined ? new OneByOne(encoding as Dialect['encoding']) : ebcdic(page)
}

/** The UTF-16 that the mark at the beginning of a file says. */
export function utf16Mark(start: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : undefined
}

/**
 * UTF-16 or EBCDIC, where the first bytes of a file are hardly anything else: a byte order mark, a NUL beside each of nearly all characters,
 * or letters, digits and spaces where EBCDIC has them and hardly any where ASCII has them.
 */
export function foreignEncoding(start: Buffer): FileEncoding | undefined {
  const marked = utf16Mark(start)
  if (marked !== undefined) return 'utf-16'
  const count = (is: (byte: number, at: number) => boolean): number =>
    start.reduce((sum, byte, at) => sum + (is(byte, at) ? 1 : 0), 0)
  const half = Math.floor(start.length / 2)
  if (half >= 2 && start.length % 2 === 0) {
    if (count((byte, at) => byte === 0 && at % 2 === 1) >= 0.9 * half && start[0] !== 0) return 'utf-16le'
    if (count((byte, at) => byte === 0 && at % 2 === 0) >= 0.9 * half && start[1] !== 0) return 'utf-16be'
  }
  const usual = count((byte) => byte === 0x40 || byte >= 0xf0 || isEbcdicCapital(byte) || byte === 0)
  const latin = count((byte) => (byte >= 0x30 && byte <= 0x39) || byte === 0x20 || (byte >= 0x65 && byte <= 0x7a))
  return start.length >= 40 && usual >= 0.6 * start.length && latin <= 0.05 * start.length ? 'cp037' : undefined
}

const isEbcdicCapital = (byte: number): boolean =>
  (byte >= 0xc1 && byte <= 0xc9) || (byte >= 0xd1 && byte <= 0xd9) || (byte >= 0xe2 && byte <= 0xe9)

class Utf16 implements TextDecoder {
  private order: 'utf-16le' | 'utf-16be' | undefined
  private kept: Buffer = Buffer.alloc(0)
  /** Bytes before those kept. */
  private offset = 0
  private begun = false

  constructor(private readonly agreed: 'utf-16' | 'utf-16le' | 'utf-16be') {}

  text(chunk: Buffer): string {
    let bytes = this.kept.length === 0 ? chunk : Buffer.concat([this.kept, chunk])
    if (!this.begun) {
      this.begun = true
      const marked = utf16Mark(bytes)
      if (marked === undefined && this.agreed === 'utf-16')
        throw new NotText('there is no byte order mark: say utf-16le or utf-16be in the contract', 0, false)
      this.order = marked ?? (this.agreed === 'utf-16be' ? 'utf-16be' : 'utf-16le')
      if (marked !== undefined) {
        bytes = bytes.subarray(2)
        this.offset = 2
      }
    }
    let whole = bytes.length - (bytes.length % 2)
    if (whole >= 2 && isHighHalf(bytes.readUInt16LE(whole - 2), bytes.readUInt16BE(whole - 2), this.order)) whole -= 2
    const text = this.decode(bytes.subarray(0, whole))
    this.kept = Buffer.from(bytes.subarray(whole))
    this.offset += whole
    return text
  }

  end(): void {
    if (this.kept.length > 0) throw new NotText('it ends in the middle of a character', this.offset, true)
  }

  private decode(bytes: Buffer): string {
    const little = this.order === 'utf-16be' ? Buffer.from(bytes).swap16() : bytes
    const text = little.toString('utf16le')
    const lone = /[\ud800-\udfff]/u.exec(text)
    if (lone !== null)
      throw new NotText(
        `the bytes at offset ${this.offset + 2 * lone.index} are not text in ${this.order}`,
        this.offset + 2 * lone.index,
        false,
      )
    return text
  }
}

const isHighHalf = (little: number, big: number, order: string | undefined): boolean => {
  const unit = order === 'utf-16be' ? big : little
  return unit >= 0xd800 && unit < 0xdc00
}

function ebcdic(page: EbcdicPage): TextDecoder {
  const table = ebcdicTable(page)
  return {
    text: (chunk) => Buffer.from(chunk.map((byte) => table[byte] ?? byte)).toString('latin1'),
    end: () => undefined,
  }
}

class OneByOne implements TextDecoder {
  private kept: Buffer = Buffer.alloc(0)
  private offset = 0

  constructor(private readonly encoding: Dialect['encoding']) {}

  text(chunk: Buffer): string {
    let bytes = this.kept.length === 0 ? chunk : Buffer.concat([this.kept, chunk])
    if (this.offset === 0 && bytes.subarray(0, 3).equals(byteOrderMark)) {
      bytes = bytes.subarray(3)
      this.offset = 3
    }
    const whole = this.encoding === 'utf-8' ? wholeCharacters(bytes) : bytes.length
    const at = undecodable(bytes.subarray(0, whole), this.encoding)
    if (at >= 0)
      throw new NotText(
        `the byte at offset ${this.offset + at} is not text in ${this.encoding}`,
        this.offset + at,
        false,
      )
    this.kept = Buffer.from(bytes.subarray(whole))
    this.offset += whole
    return iconv.decode(bytes.subarray(0, whole), this.encoding, { stripBOM: false })
  }

  end(): void {
    if (this.kept.length > 0) throw new NotText('it ends in the middle of a character', this.offset, true)
  }
}
