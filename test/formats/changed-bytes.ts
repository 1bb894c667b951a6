import fc, { type Arbitrary } from '../properties.js'

/** A file of which up to six bytes were changed, lost or doubled, or the end cut off. */
export const changedBytes = (seed: Buffer): Arbitrary<Buffer> =>
  fc
    .array(fc.tuple(fc.nat(seed.length - 1), fc.constantFrom('flip', 'drop', 'double', 'cut'), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    })
    .map((changes) =>
      changes.reduce((bytes, [at, how, byte]) => {
        const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at + 1)]
        if (how === 'flip') return Buffer.concat([head, Buffer.from([byte]), tail])
        if (how === 'drop') return Buffer.concat([head, tail])
        return how === 'double' ? Buffer.concat([bytes.subarray(0, at + 1), bytes.subarray(at)]) : head
      }, seed),
    )
