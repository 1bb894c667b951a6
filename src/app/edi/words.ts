import { type Dictionary, loadDictionary } from '../../formats/x12/code-meanings/index.js'
import { isaKey } from '../acknowledging/isa-key.js'

/** Codes as people read them. */
export interface Words extends Dictionary {
  /** The meaning, or the code itself where it is none in daily use. */
  say(element: string, code: string | undefined): string
  /** Meaning and code: "Backordered (IB)". */
  sayWithCode(element: string, code: string): string
  /** The partner of an ISA id as the workspace names it. */
  partnerName(qualifier: string, id: string): string | undefined
}

export type PartnerNames = ReadonlyMap<string, string>

export async function loadWords(partners: PartnerNames = new Map()): Promise<Words> {
  const dictionary = await loadDictionary()
  return {
    ...dictionary,
    say: (element, code) => (code === undefined ? '' : (dictionary.meaningOf(element, code) ?? code)),
    sayWithCode: (element, code) => {
      const meaning = dictionary.meaningOf(element, code)
      return meaning === undefined ? code : `${meaning} (${code})`
    },
    partnerName: (qualifier, id) => partners.get(isaKey({ qualifier, id })),
  }
}
