import { compare, type DecimalText, fixed } from '../../canonical/index.js'
import { type ComparableRun, isUnsettled, type StoredException } from '../../state/index.js'
import type { RunComparison, RunDifference } from './run-comparison.js'

/** Exceptions that wait for a person when the runs had ended. What is the same trouble on both sides has the same fingerprint. */
export function compareExceptions(
  left: ComparableRun,
  right: ComparableRun,
  settings: RunComparison['settings'],
): { readonly same: number; readonly differences: RunDifference[] } {
  const [ls, rs] = [byFingerprint(left), byFingerprint(right)]
  let same = 0
  const differences: RunDifference[] = []
  for (const fingerprint of new Set([...ls.keys(), ...rs.keys()])) {
    const [l, r] = [ls.get(fingerprint), rs.get(fingerprint)]
    const [waitsLeft, waitsRight] = [waits(l), waits(r)]
    if (!waitsLeft && !waitsRight) continue
    const one = (waitsLeft ? l : r) ?? l ?? r
    if (one === undefined) continue
    if (waitsLeft && waitsRight && l !== undefined && r !== undefined) {
      const because = changed(l, r)
      if (because === '') same += 1
      else differences.push({ ...difference(one, l, r), where: 'both', because })
      continue
    }
    const other = waitsLeft ? right : left
    const because = cause(one, waitsLeft ? r : l, other, settings)
    differences.push({ ...difference(one, l, r), where: waitsLeft ? 'left' : 'right', because })
  }
  return { same, differences: differences.sort(byMoney) }
}

const byFingerprint = (side: ComparableRun): Map<string, StoredException> =>
  new Map(side.exceptions.map((one) => [one.fingerprint, one]))
const waits = (one: StoredException | undefined): boolean => one !== undefined && isUnsettled(one)

const byMoney = (a: RunDifference, b: RunDifference): number =>
  compare(b.amount ?? ('0' as DecimalText), a.amount ?? ('0' as DecimalText)) || (a.subject < b.subject ? -1 : 1)

const difference = (one: StoredException, left: StoredException | undefined, right: StoredException | undefined) => ({
  kind: 'exception' as const,
  subject: `${one.code} ${keysText(one)}`,
  left: sideText(left),
  right: sideText(right),
  amount: one.amountAtRisk,
})

const keysText = ({ keys }: StoredException): string =>
  Object.entries(keys)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')

const sideText = (one: StoredException | undefined): string | null =>
  one === undefined
    ? null
    : `${one.status}, ${one.currency} ${fixed(one.amountAtRisk, 2)}, ${one.queue}, ${one.severity}`

/** In what an exception that waits on both sides differs; empty when in nothing that matters. */
function changed(left: StoredException, right: StoredException): string {
  const parts = [
    left.amountAtRisk === right.amountAtRisk ? '' : 'other money at risk',
    left.queue === right.queue ? '' : 'another queue',
    left.severity === right.severity ? '' : 'another severity',
    ...[...new Set([...Object.keys(left.values), ...Object.keys(right.values)])]
      .filter((name) => left.values[name] !== right.values[name])
      .map((name) => `${name} ${left.values[name] ?? '-'} against ${right.values[name] ?? '-'}`),
  ]
  return parts.filter((part) => part !== '').join('; ')
}

/** Why an exception of one side does not wait on the other, the surest cause first. */
function cause(
  one: StoredException,
  there: StoredException | undefined,
  other: ComparableRun,
  settings: RunComparison['settings'],
): string {
  if (there !== undefined) {
    const decided = there.decision === null ? '' : `: ${there.decision.decision} by ${there.decision.decidedBy}`
    return `there it is ${there.status}${there.status === 'decided' ? decided : ''}`
  }
  const isThere = ({ file, sha256 }: StoredException['evidence'][number]) =>
    other.files.some((known) => (sha256 === undefined ? known.name === file : known.sha256 === sha256))
  const missing = one.evidence.find((source) => !isThere(source))?.file
  if (missing !== undefined) return `${missing} has not come there`
  const { invoice } = one.keys
  if (invoice !== undefined && !other.documents.has(invoice)) return `invoice ${invoice} is not read there`
  const otherwise = other.exceptions.filter((candidate) => isUnsettled(candidate) && isAboutTheSame(one, candidate))
  if (otherwise.length > 0) return `there it is ${[...new Set(otherwise.map(({ code }) => code))].join(' and ')}`
  if (settings === null) return 'not known: one side kept no settings'
  if (settings.length > 0)
    return `the same data by other settings: ${settings.slice(0, 3).map(settingText).join('; ')}${settings.length > 3 ? ` and ${settings.length - 3} more` : ''}`
  return 'not known: files, documents and settings are the same'
}

const settingText = ({ name, headings }: NonNullable<RunComparison['settings']>[number]): string =>
  headings.length === 0 ? name : `${name} (${headings.join(', ')})`

/** The same line, or the same thing where it has no line, under another code. */
function isAboutTheSame(one: StoredException, other: StoredException): boolean {
  const names = (['invoice', 'invoiceLine', 'po', 'line', 'item', 'supplier', 'case', 'journal'] as const).filter(
    (name) => one.keys[name] !== undefined && other.keys[name] !== undefined,
  )
  const telling = names.some((name) => name !== 'supplier')
  return one.code !== other.code && telling && names.every((name) => one.keys[name] === other.keys[name])
}
