import { open } from 'node:fs/promises'
import { type FileEncoding, utf16Mark } from '../delimited/index.js'
import { NoRecords } from '../nested/index.js'

const named: Readonly<Record<string, FileEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'windows-1252': 'windows-1252',
  'iso-8859-1': 'iso-8859-1',
  'iso-8859-15': 'iso-8859-15',
  // Written by programs that made a text first and bytes after; as UTF-16 its first bytes would be others.
  'utf-16': 'utf-8',
  ibm037: 'cp037',
  cp037: 'cp037',
  'ebcdic-cp-us': 'cp037',
  ibm1047: 'cp1047',
}

/** How an XML file is written, as it says itself (Extensible Markup Language 1.0, appendix F). @throws NoRecords */
export async function xmlEncoding(file: string): Promise<FileEncoding> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0)
    const start = buffer.subarray(0, bytesRead)
    if (utf16Mark(start) !== undefined) return 'utf-16'
    const first = start.subarray(0, 4).toString('hex')
    if (first === '3c003f00') return 'utf-16le'
    if (first === '003c003f') return 'utf-16be'
    if (first === '4c6fa794') return 'cp037'
    const [, said] =
      /^(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(start.toString('latin1')) ?? []
    const encoding = named[said?.toLowerCase() ?? 'utf-8']
    if (encoding === undefined) throw new NoRecords(`it says that it is written in ${said}, which is not read`, 1)
    return encoding
  } finally {
    await handle.close()
  }
}
