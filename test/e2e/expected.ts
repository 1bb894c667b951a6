import type { ExceptionList } from '../../src/app/exceptions/list-exceptions.js'
import type { ExpectedException } from '../../src/simulate/index.js'

export type Found = ExceptionList['exceptions'][number]

/** An extract's file and record stand in the evidence: as keys they would make another exception of the same trouble every night. */
export const fits = (wanted: ExpectedException, found: Found): boolean =>
  wanted.code === found.code &&
  Object.entries(wanted.keys).every(([key, value]) => {
    if (key === 'file') return found.keys.file === value || found.evidence.some(({ file }) => file === value)
    if (key === 'record' && found.keys.record !== value)
      return found.evidence.some(({ record }) => String(record) === value)
    return found.keys[key as keyof Found['keys']] === value
  })

/** What was planted and not found, and what was found and not planted, in a form that a failing test can print. */
export function compared(planted: readonly ExpectedException[], found: readonly Found[]) {
  return {
    missed: planted
      .filter((wanted) => !found.some((one) => fits(wanted, one)))
      .map(({ code, keys, planted }) => ({ code, keys, planted })),
    surplus: found
      .filter((one) => !planted.some((wanted) => fits(wanted, one)))
      .map(({ code, keys, message }) => ({ code, keys, message })),
  }
}
