import { nearMiss } from '../../errors/index.js'
import { plainEncodings } from '../extract-contract.js'
import type { Problem } from '../problem.js'
import { oneOf } from '../schema-words.js'
import type { Setting } from '../setting.js'
import { checkDelivery } from './check-delivery.js'
import { checkIdentityKey } from './check-identity-key.js'
import { lookUpsComeIn } from './check-look-ups.js'
import { checkReconcile } from './check-reconcile.js'
import { checkShares } from './check-shares.js'
import { namedAsFile } from './named-as-file.js'

/** What a matcher cannot do without, and what it leaves. */
export interface MatcherNeeds {
  /** Relations that some contract of the job must fill. */
  readonly relations: readonly string[]
  /** Transaction sets that some X12 input of the job must take. */
  readonly sets: readonly string[]
  /** What the rows of a load may be. */
  readonly tables: readonly string[]
}

/** What there is for a job to name; undefined where the file that says so cannot be read. */
export interface KnownNames {
  readonly endpoints: readonly string[] | undefined
  readonly partners: readonly string[] | undefined
  readonly contracts: readonly string[]
  readonly identityKey: boolean | undefined
  readonly loads: readonly string[]
  readonly matchers: Readonly<Record<string, MatcherNeeds>>
  /** Relations a contract fills, and values a load template asks for, as far as they can be read. */
  contract(name: string): Setting | undefined
  load(name: string): Setting | undefined
}

/** What a schema cannot see in a job: names of things elsewhere, and whether its matcher gets what it needs. */
export function checkJob(job: Setting, file: string, known: KnownNames): Problem[] {
  const inputs = job
    .at('inputs')
    .entries()
    .map(([, input]) => input)
  return [
    ...namedAsFile(job.at('job'), file),
    ...inputs.flatMap((input) => input.at('contract').refersTo('extract contract', known.contracts)),
    ...inputs.flatMap((input) =>
      checkIdentityKey(input, known.contract(input.at('contract').text ?? ''), known.identityKey),
    ),
    ...inputs.flatMap((input) => input.at('from').items()).flatMap((drop) => checkDrop(drop, known)),
    ...inputs.flatMap((input) => checkEnding(input, known)),
    ...inputs.flatMap(partsOrChanges),
    ...lookUpsComeIn(inputs, known.contract),
    ...inputs.flatMap((input) => checkLoadResults(input, known)),
    ...checkDecisions(job, known),
    ...checkShares(job),
    ...checkDelivery(job.at('pack').at('send-to'), known.endpoints),
    ...matcherInputs(job, inputs, known),
    ...orderedTwice(job, known),
    ...writtenTwice(job, known),
    ...(job.at('matcher').text === 'reconcile' ? checkReconcile(job, known.contract) : []),
    ...reportName(job.at('report').at('name')),
    ...job
      .at('loads')
      .items()
      .flatMap((load) => checkLoad(load, job.at('matcher').text, known)),
  ]
}

/** A proposal that goes out as an 850 must not go to the ERP as an order as well. */
const orderedTwice = (job: Setting, known: KnownNames): Problem[] =>
  job.at('settings').at('order-by').text !== '850'
    ? []
    : job
        .at('loads')
        .items()
        .filter((load) =>
          known
            .load(load.at('template').text ?? '')
            ?.at('files')
            .items()
            .some((file) => file.at('rows').text === 'replenishment'),
        )
        .map((load) => load.at('template').problem('reorder proposals that go out as 850s already', 'order-by: people'))

/** A row goes to the ERP once, so no two loads of a job may take the rows of one table, by one template or by two. */
function writtenTwice(job: Setting, known: KnownNames): Problem[] {
  const takenBy = new Map<string, string>()
  return job
    .at('loads')
    .items()
    .flatMap((load) => {
      const name = load.at('template').text ?? ''
      const files = known.load(name)?.at('files').items() ?? []
      const rows = [...new Set(files.flatMap((file) => file.at('rows').text ?? []))]
      const twice = rows.find((one) => takenBy.has(one))
      for (const one of rows) takenBy.set(one, takenBy.get(one) ?? name)
      return twice === undefined
        ? []
        : [
            load
              .at('template')
              .problem(`rows of "${twice}" that the load by ${takenBy.get(twice)} writes already`, 'one load for them'),
          ]
    })
}

const checkDrop = (drop: Setting, { endpoints, partners }: KnownNames): Problem[] => [
  ...drop.at('endpoint').refersTo('endpoint', endpoints),
  ...drop.at('partner').refersTo('partner', partners),
  ...checkClaim(drop),
  ...checkUnwrap(drop.at('unwrap')),
]

/** Of several files either each is a part of the whole, or they follow one another. */
const partsOrChanges = (input: Setting): Problem[] =>
  input.has('parts') && input.has('changes')
    ? [input.at('changes').problem('"changes" with "parts"', 'one of the two', { at: 'key' })]
    : []

/** What ends with a trailer is an extract whose contract says how it begins; what is closed at its end, one of nested objects. */
function checkEnding(input: Setting, known: KnownNames): Problem[] {
  const contract = known.contract(input.at('contract').text ?? '')
  const format = contract?.at('format')
  // A workbook does not end with the last row of its sheet, and bytes of other encodings are not looked at before the file is read.
  const isSeen = plainEncodings.some((one) => one === (format?.at('encoding').text ?? 'utf-8'))
  const isText = format?.at('kind').text !== 'xlsx' && format?.at('line-ends').value !== false && isSeen
  const hasTrailer = format?.has('trailer') === true && isText
  const isUnread = contract === undefined && input.has('contract')
  if (isUnread) return []
  const isNested = ['json', 'ndjson', 'xml'].includes(format?.at('kind').text ?? '')
  const fits: Readonly<Record<string, readonly [boolean, string]>> = {
    trailer: [hasTrailer, 'an extract of text whose contract has a trailer'],
    closed: [isNested, 'an extract in JSON or XML'],
  }
  return input
    .at('from')
    .items()
    .map((drop) => drop.at('complete'))
    .flatMap((complete) => {
      const [fit, wanted] = fits[complete.text ?? ''] ?? [true, '']
      return fit ? [] : [complete.problem(`"${complete.text}"`, wanted)]
    })
}

/** What is read as results of loads must say what became of which row. */
function checkLoadResults(input: Setting, known: KnownNames): Problem[] {
  const contract =
    input.at('kind').text === 'load-results' ? known.contract(input.at('contract').text ?? '') : undefined
  const filled = contract
    ?.at('projections')
    .items()
    .map((one) => one.at('relation').text)
  return filled === undefined || filled.includes('load_result')
    ? []
    : [input.at('contract').problem(`"${input.at('contract').text}"`, 'a contract that fills load_result')]
}

const checkClaim = (drop: Setting): Problem[] =>
  drop.has('claim') && (drop.at('after').text ?? 'leave') === 'leave' && !drop.at('after').has('move')
    ? [drop.at('claim').problem('a claim on files that are left', 'after: remove or after: { move: FOLDER }')]
    : []

function checkUnwrap(unwrap: Setting): Problem[] {
  const isPgp = unwrap
    .at('kinds')
    .items()
    .some(({ text }) => text === 'pgp')
  if (isPgp === unwrap.has('key')) return []
  return isPgp
    ? [unwrap.problem('pgp without a key', 'key: where our private key is')]
    : [unwrap.at('key').problem('a key and no pgp to use it for', 'pgp among the kinds')]
}

/** A copy that is returned to where workbooks are taken from would be taken itself. */
function checkDecisions(job: Setting, known: KnownNames): Problem[] {
  const decisions = job.at('decisions')
  const drops = decisions.at('from').items()
  const back = decisions.at('return-to')
  const placeOf = (place: Setting): string => JSON.stringify([place.at('endpoint').text, place.at('folder').text])
  const circle = drops.some((drop) => back.value !== undefined && placeOf(drop) === placeOf(back))
  return [
    ...drops.flatMap((drop) => checkDrop(drop, known)),
    ...checkEnding(decisions, known),
    ...drops
      .filter((drop) => drop.has('unwrap'))
      .map((drop) => drop.at('unwrap').problem('a workbook is unwrapped by nobody', 'workbooks as they are')),
    ...checkDelivery(back, known.endpoints),
    ...(circle ? [back.at('folder').problem('copies would go where workbooks are taken from', 'another folder')] : []),
    ...(job.at('inputs').has('decisions') && decisions.value !== undefined
      ? [
          job
            .at('inputs')
            .at('decisions')
            .problem('an input named decisions beside decisions', 'another name', { at: 'key' }),
        ]
      : []),
  ]
}

function matcherInputs(job: Setting, inputs: readonly Setting[], known: KnownNames): Problem[] {
  const matcher = job.at('matcher').text
  const needs = known.matchers[matcher ?? '']
  const place = job.at('inputs')
  if (needs === undefined || place.value === undefined) return []
  const problems: Problem[] = []
  const sets = inputs.flatMap((input) =>
    input
      .at('sets')
      .items()
      .map(({ text }) => text),
  )
  for (const set of needs.sets.filter((one) => !sets.includes(one))) {
    problems.push(place.problem(`no x12 input with "${set}"`, `what the ${matcher} matcher compares`, { at: 'key' }))
  }
  const names = inputs.flatMap((input) => input.at('contract').text ?? [])
  const contracts = names.map((name) => known.contract(name))
  // Of a contract that cannot be read nobody knows what it fills.
  if (contracts.includes(undefined)) return problems
  const filled = contracts.flatMap((contract) =>
    contract
      ?.at('projections')
      .items()
      .map((one) => one.at('relation').text),
  )
  const missing = needs.relations.filter((relation) => !filled.includes(relation))
  for (const relation of missing) {
    const message = `no input whose contract fills ${relation}`
    problems.push(place.problem(message, `${needs.relations.join(' and ')} for the ${matcher} matcher`, { at: 'key' }))
  }
  return problems
}

const reportName = (name: Setting): Problem[] =>
  name.text !== undefined && (/[\\/:*?"<>|]/.test(name.text) || /\.xlsx$/i.test(name.text))
    ? [name.problem(`"${name.text}"`, 'a file name without folder and .xlsx')]
    : []

/** What the template's rows are, the matcher must leave. */
function loadedRows(load: Setting, template: Setting, needs: MatcherNeeds | undefined): Problem[] {
  const rows = template
    .at('files')
    .items()
    .flatMap((file) => file.at('rows').text ?? [])
  const strange = [...new Set(rows)].filter((one) => needs !== undefined && !needs.tables.includes(one))
  return strange.map((one) => load.at('template').problem(`rows of ${one}`, oneOf(needs?.tables ?? [])))
}

/** Values the push itself takes, whatever the template. */
const valuesOfPush = ['source']

function checkLoad(load: Setting, matcher: string | undefined, known: KnownNames): Problem[] {
  const problems = [
    ...checkDelivery(load, known.endpoints),
    ...load.at('template').refersTo('load template', known.loads),
  ]
  const template = known.load(load.at('template').text ?? '')
  if (template === undefined) return problems
  problems.push(...loadedRows(load, template, known.matchers[matcher ?? '']))
  const columns = template
    .at('files')
    .items()
    .flatMap((file) => file.at('map').items())
  const asked = [...new Set([...columns.flatMap((column) => column.at('value').text ?? []), ...valuesOfPush])]
  const values = load.at('values')
  const byCompany = load.at('values-by-company')
  const companies = byCompany.entries().map(([, company]) => company)
  for (const place of [values, ...companies]) {
    for (const name of place.names)
      problems.push(...place.isNamedLike(name, `value of ${load.at('template').text}`, asked))
  }
  const required = columns
    .filter((column) => column.at('required').value === true)
    .flatMap((column) => column.at('value').text ?? [])
  const misspelt = new Set(values.names.filter((name) => !asked.includes(name)).map((name) => nearMiss(name, asked)))
  const absent = [...new Set(required)].filter(
    (name) =>
      !values.has(name) &&
      !misspelt.has(name) &&
      !(companies.length > 0 && companies.every((company) => company.has(name))),
  )
  const place = values.value === undefined ? load : values
  return [
    ...problems,
    ...absent.map((name) =>
      place.problem(`no value "${name}"`, 'every value that a required column of the template takes', { at: 'key' }),
    ),
  ]
}
