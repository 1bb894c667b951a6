import { MatchbookError } from '../../errors/index.js'
import type { Transaction } from '../../formats/x12/index.js'
import type { PartnerNames } from './words.js'

/** No part of a name may be longer. */
const LONGEST = 60

/**
 * The name of the nth part: {partner} as the workspace names the sender, else its ISA id; {sender}, {receiver}, {set}, {interchange},
 * {group}, {control}, {n}. What is no letter, digit, point or dash becomes `_`.
 * @throws USAGE when the pattern names something else or a folder
 */
export function splitName({
  pattern,
  transaction,
  n,
  partners,
}: {
  readonly pattern: string
  readonly transaction: Transaction
  readonly n: number
  readonly partners: PartnerNames
}): string {
  const { set, envelope } = transaction
  const { senderQualifier, sender, receiver, interchangeControl, groupControl, transactionControl } = envelope
  const values: Readonly<Record<string, string>> = {
    partner: partners.get(`${senderQualifier}:${sender}`) ?? sender,
    sender,
    receiver,
    set,
    interchange: interchangeControl,
    group: groupControl,
    control: transactionControl,
    n: String(n),
  }
  checkPattern(pattern, Object.keys(values))
  return pattern.replace(/\{(\w+)\}/g, (_, key: string) => safe(values[key] ?? ''))
}

function checkPattern(pattern: string, known: readonly string[]): void {
  const odd = [...pattern.matchAll(/\{(\w*)\}/g)].find(([, key = '']) => !known.includes(key))
  if (odd !== undefined) {
    throw new MatchbookError('USAGE', `--name knows no ${odd[0]}; it knows ${known.map((key) => `{${key}}`).join(' ')}`)
  }
  if (!/^[^/\\]+$/.test(pattern) || pattern.startsWith('.')) {
    throw new MatchbookError('USAGE', `--name must be the name of a file: "${pattern}"`)
  }
}

const safe = (text: string): string =>
  text
    .replaceAll(/[^A-Za-z0-9.-]+/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, LONGEST) || '_'
