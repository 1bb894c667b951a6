/** Code pages of EBCDIC whose characters are those of ISO 8859-1 in another order. */
export const ebcdicPages = ['cp037', 'cp500', 'cp1047'] as const
export type EbcdicPage = (typeof ebcdicPages)[number]

/** ISO 8859-1 of each byte of code page 037, in hexadecimal, but for NUL and the two line ends below. */
const cp037 =
  '000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a' +
  '20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293bac2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22' +
  'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4b57e737475767778797aa1bfd0dddeae5ea3a5b7a9a7b6bcbdbe5b5dafa8b4d7' +
  '7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f'

/** Where the others differ from it. */
const differences: Readonly<Record<EbcdicPage, Readonly<Record<number, string>>>> = {
  cp037: {},
  cp500: { 74: '[', 79: '!', 90: ']', 95: '^', 176: '¢', 186: '¬', 187: '|' },
  cp1047: { 95: '^', 173: '[', 176: '¬', 186: 'Ý', 187: '¨', 189: ']' },
}

const NL = 0x15
const LF = 0x25

/** ISO 8859-1 of each byte. Systems end lines with NL or with LF; a place that was never filled holds NUL, and is as good as spaces. */
export function ebcdicTable(page: EbcdicPage): Uint8Array {
  const table = Uint8Array.from(Buffer.from(cp037, 'hex'))
  for (const [byte, character] of Object.entries(differences[page])) table[Number(byte)] = character.charCodeAt(0)
  table[0] = 0x20
  table[NL] = 0x0a
  table[LF] = 0x0a
  return table
}
