import type { OrderDetails } from '../../../canonical/index.js'
import type { Fact } from '../sheet.js'
import type { Words } from '../words.js'

/** The numbers of a document, a line or a party, each once. */
export function referenceFacts(
  { references = {}, furtherReferences = [] }: Pick<OrderDetails, 'references' | 'furtherReferences'>,
  words: Words,
): Fact[] {
  // One with a description is among the further references too, and said there.
  const described = ([code, number]: readonly [string, string]): boolean =>
    furtherReferences.some(({ qualifier, value }) => code === qualifier && number === value)
  return [
    ...Object.entries(references)
      .filter((each) => !described(each))
      .map(([qualifier, value]) => ({ label: words.say('128', qualifier), value })),
    ...furtherReferences.map(({ qualifier, value, description }) => ({
      label: words.say('128', qualifier),
      value: [value, description].filter(Boolean).join(', '),
    })),
  ]
}
