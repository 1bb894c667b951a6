/** Numbers from 0 to below `limit`, the same for the same seed: mulberry32. */
export function seededRandom(seed: number): (limit: number) => number {
  let state = seed | 0
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit)
  }
}

type Random = ReturnType<typeof seededRandom>
type Mutation = (bytes: Buffer, random: Random, corpus: readonly Buffer[]) => Buffer

/** What breaks readers: pieces of envelopes, lengths that lie, numbers beyond all bounds, bytes that are no text. */
const TOKENS = [
  'ISA*00*',
  'ISA',
  'GS*IN*A*B*20240304*0312*1*X*004010~',
  'ST*810*0001~',
  'SE*7*0001~',
  'GE*1*17~',
  'IEA*1*000000905~',
  'TA1*000000001*240304*0312*A*000~',
  'BIN*12*',
  'BIN*99999999*~',
  'BDS*ASB*5*',
  'HL*1**S~HL*2*1*O~HL*2*2*I~',
  'LS*N1~',
  'LE*N1~',
  'SAC*C*D240***1250~',
  '~',
  '*',
  '>',
  '^',
  '\r\n',
  '\r',
  '\n',
  '\0',
  '\x1a',
  '\x85',
  '\xff\xfe',
  '\xef\xbb\xbf',
  '\xe2\x80',
  '99999999999999999999',
  '-0',
  '1e9',
  '.',
  '00000000.0000000000000000001',
  '20240231',
  'A'.repeat(300),
  '*'.repeat(300),
]

const slice = (bytes: Buffer, random: Random, longest: number): Buffer => {
  const from = random(bytes.length + 1)
  return bytes.subarray(from, from + random(longest))
}

const replace = (bytes: Buffer, at: number, cut: number, put: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])

const MUTATIONS: readonly Mutation[] = [
  function flipBit(bytes, random) {
    const at = random(bytes.length)
    return replace(bytes, at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random(8))))
  },
  function setByte(bytes, random) {
    return replace(bytes, random(bytes.length), 1, Uint8Array.of(random(256)))
  },
  function insertBytes(bytes, random) {
    return replace(
      bytes,
      random(bytes.length + 1),
      0,
      Uint8Array.from({ length: random(20) }, () => random(256)),
    )
  },
  function insertToken(bytes, random) {
    return replace(bytes, random(bytes.length + 1), random(2) * random(10), token(random))
  },
  function remove(bytes, random) {
    return replace(bytes, random(bytes.length + 1), random(60), Buffer.alloc(0))
  },
  function double(bytes, random) {
    return replace(bytes, random(bytes.length + 1), 0, slice(bytes, random, 300))
  },
  function splice(bytes, random, corpus) {
    const other = corpus[random(corpus.length)] as Buffer
    return replace(bytes, random(bytes.length + 1), random(100), slice(other, random, 600))
  },
  function append(bytes, random, corpus) {
    return Buffer.concat([bytes, corpus[random(corpus.length)] as Buffer])
  },
  function swapDelimiter(bytes, random) {
    const [from, to] = [
      '*~>^\n'.charCodeAt(random(5)),
      random(3) === 0 ? random(256) : '|:\n\x1c\x87+*~>'.charCodeAt(random(9)),
    ]
    return Buffer.from(bytes.map((byte) => (byte === from ? to : byte)))
  },
  function replaceNumber(bytes, random) {
    const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)]
    const number = numbers[random(numbers.length)]
    return number === undefined ? bytes : replace(bytes, number.index, number[0].length, token(random))
  },
  function truncate(bytes, random) {
    return bytes.subarray(random(2) === 0 ? 0 : random(bytes.length), random(bytes.length + 1))
  },
  function wrap(bytes, random) {
    const newline = ['\n', '\r\n', '\r'][random(3)] as string
    return Buffer.from(bytes.toString('latin1').replace(/[\s\S]{80}/g, `$&${newline}`), 'latin1')
  },
]

const token = (random: Random): Buffer => Buffer.from(TOKENS[random(TOKENS.length)] as string, 'latin1')

/** One of the corpus to which something happened, or much. The same for the same seed and number. */
export function mutated(corpus: readonly Buffer[], seed: number, number: number): Buffer {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
  let bytes = corpus[random(corpus.length)] as Buffer
  for (let left = 1 + random(random(4) === 0 ? 12 : 3); left > 0; left--) {
    bytes = (MUTATIONS[random(MUTATIONS.length)] as Mutation)(bytes, random, corpus)
  }
  return bytes.subarray(0, LONGEST)
}

const LONGEST = 20_000
