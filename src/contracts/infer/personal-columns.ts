import type { ExtractColumn } from '../../config/extract-contract.js'
import type { ColumnFacts } from './column-facts.js'
import { wordsOf } from './name-words.js'

const personalNames: readonly string[] = [
  'patient',
  'patient number',
  'patient name',
  'mrn',
  'medical record',
  'medical record number',
  'ssn',
  'social security',
  'birth',
  'dob',
  'date of birth',
  'birthdate',
  'birth date',
  'guarantor',
  'subscriber',
  'member',
  'encounter',
  'csn',
  'har',
  'visit',
  'case',
  'first name',
  'last name',
  'middle name',
  'full name',
  'surname',
  'given name',
  'employee',
  'employee number',
  'employee name',
  'worker',
  'badge',
  'mitarbeiter',
  'pernr',
  'home address',
  'street',
  'phone',
  'telephone',
  'mobile',
  'email',
  'e mail',
  'iban',
  'bank account',
  'bankn',
  'requester',
  'surgeon',
  'physician',
  'provider',
  'nurse',
  'gender',
  'sex',
]
const internalNames: readonly string[] = [
  'tax number',
  'taxpayer number',
  'federal tax',
  'tin',
  'ein',
  'fein',
  'stcd1',
  'salary',
  'rate of pay',
  'bank',
]

/**
 * How sensitive a column looks, by its name and by the form of its values, and why. What is only suspected is classed the stricter way:
 * a person can loosen it.
 */
export function sensitivityOf(
  name: string,
  { identities, filled }: Pick<ColumnFacts, 'identities' | 'filled'>,
): { readonly sensitivity: ExtractColumn['sensitivity']; readonly why: string } | undefined {
  const words = wordsOf(name)
  const holds = (phrases: readonly string[]) =>
    phrases.find((phrase) => {
      const wanted = phrase.split(' ')
      return words.some((_, at) => wanted.every((word, n) => words[at + n] === word))
    })
  const called = holds(personalNames)
  if (called !== undefined) return { sensitivity: 'personal', why: `its name says ${called}` }
  if (filled > 0 && identities * 10 > filled) return { sensitivity: 'personal', why: 'its values look like identities' }
  const inside = holds(internalNames)
  return inside === undefined ? undefined : { sensitivity: 'internal', why: `its name says ${inside}` }
}
