import type { Delimiters } from '../../formats/x12/delimiters.js'
import {
  asTransaction,
  type DecodedSegment,
  type EnvelopeItem,
  guideInPlace,
  headerAdvice,
  isSameFinding,
  readBatches,
  type Transaction,
  totalsAdvice,
  trailerAdvice,
  type X12Finding,
} from '../../formats/x12/index.js'
import { setFindings } from '../read/set-findings.js'
import type { EdiFile } from './edi-file.js'
import { InterchangeNumbers } from './interchange-numbers.js'
import type { HeldAgainst, LintFinding, LintResult } from './lint-finding.js'
import type { SetChecker } from './set-checker.js'
import { showPlace } from './show-place.js'

/** Hands each finding over in file order as it is found: one transaction set is in memory at a time. */
export async function lintFile(
  file: EdiFile,
  check: SetChecker,
  tell: (finding: LintFinding) => void,
): Promise<LintResult> {
  const lint = new Lint(file, check, tell)
  for await (const items of readBatches(file.chunks())) for (const item of items) await lint.take(item)
  return lint.result
}

class Lint {
  readonly #file: EdiFile
  readonly #check: SetChecker
  readonly #tell: (finding: LintFinding) => void
  readonly #counts = { sets: 0, interchangeAcknowledgments: 0, error: 0, warning: 0 }
  readonly #guides = new Map<string, HeldAgainst>()
  readonly #numbers = new InterchangeNumbers()
  #isa: DecodedSegment | undefined
  #delimiters: Delimiters | undefined
  /** A set of which the finding that refuses it is still to come. */
  #refused: { readonly transaction: Transaction; readonly told: readonly X12Finding[] } | undefined

  constructor(file: EdiFile, check: SetChecker, tell: (finding: LintFinding) => void) {
    this.#file = file
    this.#check = check
    this.#tell = tell
  }

  async take(item: EnvelopeItem): Promise<void> {
    switch (item.kind) {
      case 'interchange-open':
        this.#isa = item.isa
        this.#delimiters = item.delimiters
        await this.#say(headerAdvice(item.isa), 'warning')
        await this.#say(this.#numbers.reused(item.isa), 'error')
        break
      case 'interchange-close':
        if (item.iea !== undefined) await this.#say(trailerAdvice(item.iea), 'warning')
        break
      case 'group-open':
        await this.#say(headerAdvice(item.gs), 'warning')
        break
      case 'finding':
        await this.#sayOfEnvelope(item.finding)
        break
      case 'service':
        if (item.segment.id !== 'TA1' || this.#isa === undefined) break
        this.#counts.interchangeAcknowledgments++
        await this.#look(asTransaction(item.segment, this.#isa))
        break
      case 'refused':
        this.#counts.sets++
        this.#refused = { transaction: item.transaction, told: await this.#look(item.transaction) }
        break
      case 'transaction':
        this.#counts.sets++
        await this.#look(item.transaction)
    }
  }

  get result(): LintResult {
    const { sets, interchangeAcknowledgments, error: errors, warning: warnings } = this.#counts
    const guides = [...this.#guides.values()]
    return { file: this.#file.name, sets, interchangeAcknowledgments, errors, warnings, guides }
  }

  /** Of a set that is refused it may be what was found in it already. */
  async #sayOfEnvelope(finding: X12Finding): Promise<void> {
    const { transaction, told = [] } = this.#refused ?? {}
    this.#refused = undefined
    if (!told.some((other) => isSameFinding(other, finding))) await this.#say([finding], 'error', transaction)
  }

  /** @returns what it told */
  async #look(transaction: Transaction): Promise<readonly X12Finding[]> {
    const { set, envelope } = transaction
    const key = `${set} ${envelope.version}`
    if (!this.#guides.has(key)) this.#guides.set(key, heldAgainst(set, envelope.version))
    const { findings } = setFindings(transaction, await this.#check(transaction, this.#delimiters))
    // That Matchbook makes no document of a set is no fault of the set.
    const told = findings.filter(({ code }) => code !== 'X12-UNSUPPORTED')
    await this.#say(told, 'error', transaction)
    await this.#say(totalsAdvice(transaction), 'warning', transaction)
    return told
  }

  async #say(found: readonly X12Finding[], level: LintFinding['level'], transaction?: Transaction): Promise<void> {
    for (const finding of found) {
      this.#counts[level]++
      const { scope: _scope, segmentPosition: _position, loop: _loop, dataElement: _dataElement, ...rest } = finding
      const place = await showPlace(this.#file, finding, finding.segment, finding.element)
      this.#tell({ level, ...rest, ...place, ...(transaction === undefined ? {} : { set: setOf(transaction) }) })
    }
  }
}

function heldAgainst(set: string, version: string): HeldAgainst {
  const inPlace = guideInPlace(version, set)
  return inPlace === undefined
    ? { set, version, lenient: false }
    : { set, version, guide: inPlace.version, lenient: inPlace.lenient }
}

const setOf = ({ set, envelope, span }: Transaction): NonNullable<LintFinding['set']> => ({
  id: set,
  control: envelope.transactionControl,
  interchange: envelope.interchangeControl,
  line: span.line,
})
