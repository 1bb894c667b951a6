import { open } from 'node:fs/promises'
import { type FileEncoding, utf16Mark } from './decode-text.js'
import { type Dialect, plainEncodings } from './dialect.js'

/** Whether files are read in it as they stand. */
export const isPlain = (encoding: FileEncoding): encoding is Dialect['encoding'] =>
  plainEncodings.some((one) => one === encoding)

/** How a file is written: one that begins with the mark of UTF-16 is UTF-16, whatever was agreed. */
export async function encodingOf(file: string, agreed: FileEncoding): Promise<FileEncoding> {
  if (!isPlain(agreed)) return agreed
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return (bytesRead < 2 ? undefined : utf16Mark(buffer)) ?? agreed
  } finally {
    await handle.close()
  }
}
