import { describe, expect, it } from 'vitest'
import { endsWithIea } from '../../src/exchange/ends-with-iea.js'

describe('the end of an X12 file', () => {
  it.each([
    ['with a tilde', 'GE*1*7~IEA*1*000000001~'],
    ['with a line end after it', 'GE*1*7~\r\nIEA*1*000000001~\r\n'],
    ['with a line end as terminator', 'GE*1*7\nIEA*1*000000001\n'],
    ['with other separators', "GE|1|7'IEA|1|1'"],
    ['filled up by an old system', `GE*1*7~IEA*1*000000001~${'\0'.repeat(80)}\x1a`],
    ['with spaces before the terminator', 'GE*1*7~IEA*1*000000001  ~'],
  ])('is seen %s', (_what, text) => expect(endsWithIea(Buffer.from(text, 'latin1'))).toBe(true))

  it.each([
    ['cut within the control number', 'GE*1*7~IEA*1*00000'],
    ['cut before the terminator', 'GE*1*7~IEA*1*000000001'],
    ['cut within the count', 'GE*1*7~IEA*'],
    ['of another segment', 'IEA*1*000000001~ISA*00*~'],
    ['of something that only looks so', 'N1*BY*GALILEIEA*1*000000001~'],
    ['of an empty file', ''],
  ])('is not seen %s', (_what, text) => expect(endsWithIea(Buffer.from(text, 'latin1'))).toBe(false))
})
