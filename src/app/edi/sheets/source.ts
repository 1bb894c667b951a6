import type { DocumentBase } from '../../../canonical/index.js'
import type { Fact, Sheet } from '../sheet.js'
import type { Words } from '../words.js'

/** Fields of every document that the sheet shows in places of their own. */
export const BASE = ['kind', 'envelope', 'span', 'unmapped', 'lines'] as const

const usages: Readonly<Record<string, string>> = { P: 'production', T: 'test', I: 'information' }

export const testMark = ({ usage }: DocumentBase['envelope']): Sheet['marks'] =>
  usage === 'T' ? [{ text: 'TEST', tone: 'notice' }] : []

export const unmappedSegments = ({ unmapped }: DocumentBase, words: Words): Sheet['unmapped'] =>
  unmapped.map(({ segment, text, span }) => ({ name: words.segmentName(segment) ?? segment, text, line: span.line }))

export function sourceFacts(
  { envelope, span }: Pick<DocumentBase, 'envelope' | 'span'>,
  set: string,
  words: Words,
): Fact[] {
  const party = (qualifier: string, id: string): string => {
    const known = words.partnerName(qualifier, id)
    return `${qualifier}:${id}${known === undefined ? '' : ` (${known})`}`
  }
  const { senderQualifier, sender, receiverQualifier, receiver } = envelope
  const { interchangeControl, groupControl, transactionControl, version, usage } = envelope
  return [
    { label: 'Sender', value: party(senderQualifier, sender) },
    { label: 'Receiver', value: party(receiverQualifier, receiver) },
    {
      label: 'Control',
      value: `interchange ${interchangeControl}, group ${groupControl}, set ${transactionControl}`,
    },
    { label: 'Standard', value: `${set} version ${version}, ${usages[usage] ?? usage}` },
    { label: 'Place', value: `line ${span.line}, byte ${span.byteOffset}` },
  ]
}
