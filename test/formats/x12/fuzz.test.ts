import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileText, readAll, twoInvoices } from './two-invoices.js'

const good = Buffer.concat([
  Buffer.from(fileText(twoInvoices, '\r\n'), 'latin1'),
  Buffer.from(fileText(), 'latin1'),
  Buffer.from(fileText({ ...twoInvoices, version: '005010', delimiters: { element: '|', segment: '\n' } }), 'latin1'),
])

/** A good file to which something happened: bytes overwritten, cut out, doubled or put in. */
const damaged = fc
  .array(
    fc.record({
      at: fc.nat(good.length),
      cut: fc.nat(40),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc
          .constantFrom('ISA*00*', '~', '\r\n', 'ISA', 'SE*', 'IEA*1*', '\0', '\xff\xfe')
          .map((text) => Buffer.from(text, 'latin1')),
        fc.nat(good.length).map((from) => good.subarray(from, from + 150)),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) =>
    edits.reduce<Uint8Array>((bytes, { at, cut, put }) => {
      return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])
    }, good),
  )

const anyFile = fc.oneof(
  damaged,
  fc.uint8Array({ maxLength: 2000 }),
  fc.tuple(fc.uint8Array({ maxLength: 50 }), damaged).map((parts) => Buffer.concat(parts)),
)

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function* chunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  yield* cut(bytes, sizes)
}

describe('whatever bytes come', () => {
  it('they are read without a throw, and each place named lies within the file', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, async (bytes) => {
        for (const item of await readAll(bytes)) {
          const spans =
            item.kind === 'finding'
              ? [item.finding]
              : [item.transaction.span, ...item.transaction.segments.map(({ span }) => span)]
          for (const { byteOffset, byteLength, line } of spans) {
            expect(byteOffset).toBeGreaterThanOrEqual(0)
            expect(byteLength).toBeGreaterThanOrEqual(0)
            expect(byteOffset + byteLength).toBeLessThanOrEqual(bytes.length)
            expect(line).toBeGreaterThan(0)
          }
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('the result is the same however they are cut into chunks', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(anyFile, sizes, async (bytes, sizes) => {
        expect(await readAll(chunks(bytes, sizes))).toEqual(await readAll(bytes))
      }),
      { numRuns: 1500 },
    )
  })

  it('the result of a long file is the same in small and large chunks', async () => {
    const long = Buffer.concat(Array.from({ length: 300 }, () => good))
    const whole = await readAll(long)
    expect(whole).toHaveLength(1800)
    expect(await readAll(chunks(long, [64 * 1024]))).toEqual(whole)
    expect(await readAll(chunks(long, [1021]))).toEqual(whole)
  })
})
