import { MatchbookError, nearMiss } from '../errors/index.js'
import { checkSchema } from './check-schema.js'
import { formatProblems } from './problem.js'
import { readSettingsFile } from './settings-file.js'
import { type Tolerance, ToleranceOverlay, toleranceRules } from './workspace.js'

type Side = Tolerance['over']
type Scope = Pick<Tolerance, 'company' | 'supplier' | 'category' | 'item'>
const scopes = ['company', 'supplier', 'category', 'item'] as const

/** One tolerance otherwise: the sides that are told, for the scope that is told. */
export interface ToleranceChange {
  readonly rule: Tolerance['rule']
  readonly scope: Scope
  readonly over?: Side
  readonly under?: Side
}

/**
 * RULE=PART,PART...: `price=2%`, `price=2%,0.50,looser,supplier:10432`, `quantity-received=off,under:10%`. Parts are limits of the over side,
 * `under:` before those of the under side; words as in the settings.
 * @throws USAGE with the nearest name there is
 */
export function parseToleranceChange(text: string): ToleranceChange {
  const [, name = '', parts = ''] = /^([^=]*)=(.*)$/.exec(text) ?? []
  const rule = toleranceRules.find((one) => one === name)
  if (rule === undefined || parts === '')
    throw wrong(text, name === '' ? 'no RULE=ALLOWED' : meant(name, toleranceRules))
  const sides = { over: [] as string[], under: [] as string[] }
  const scope: Record<string, string> = {}
  let side: 'over' | 'under' = 'over'
  for (const part of parts.split(',').map((one) => one.trim())) {
    const [, key, rest = ''] = /^([a-z]+):(.*)$/.exec(part) ?? []
    if (key === 'over' || key === 'under') {
      side = key
      sides[side].push(rest)
    } else if (key === undefined) sides[side].push(part)
    else if (scopes.some((one) => one === key) && rest !== '' && scope[key] === undefined) scope[key] = rest
    else
      throw wrong(
        text,
        scopes.some((one) => one === key) ? `${key} needs one value` : meant(key, [...scopes, 'over', 'under']),
      )
  }
  const over = sideOf(sides.over, text)
  const under = sideOf(sides.under, text)
  if (over === undefined && under === undefined)
    throw wrong(text, 'it allows nothing: name a percent, an amount, off, zero or unlimited')
  return { rule, scope, ...(over === undefined ? {} : { over }), ...(under === undefined ? {} : { under }) }
}

const modes = ['off', 'zero', 'unlimited'] as const
const combinations = ['stricter', 'looser'] as const

function sideOf(parts: readonly string[], text: string): Side | undefined {
  if (parts.length === 0) return undefined
  const [first] = parts
  const mode = modes.find((one) => one === first)
  if (mode !== undefined && parts.length === 1) return mode
  if (mode !== undefined) throw wrong(text, `${mode} stands alone`)
  const limit: { percent?: string; absolute?: string; combine: (typeof combinations)[number] } = { combine: 'stricter' }
  for (const part of parts) {
    const combine = combinations.find((one) => one === part)
    const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(part) ?? []
    if (combine !== undefined) limit.combine = combine
    else if (number === undefined)
      throw wrong(
        text,
        /^[-\d.]/.test(part) ? `"${part}" is no limit such as 2% or 0.50` : meant(part, [...modes, ...combinations]),
      )
    else limit[percent === '%' ? 'percent' : 'absolute'] = number
  }
  if (limit.percent === undefined && limit.absolute === undefined)
    throw wrong(text, `${limit.combine} of what? Name a percent and an amount`)
  return limit
}

const meant = (word: string, known: readonly string[]): string => {
  const near = nearMiss(word, known)
  return `there is no "${word}"${near === undefined ? `; there are ${known.join(', ')}` : `; did you mean ${near}?`}`
}

const wrong = (text: string, because: string): MatchbookError =>
  new MatchbookError('USAGE', `--tolerance "${text}": ${because}`, {
    hint: 'RULE=2%, RULE=0.50, RULE=2%,0.50,looser,supplier:10432 or RULE=off; under: before what may be below. See docs/whatif.md',
  })

/**
 * The tolerances with these changes. An entry of the very same scope gives way; the side that is not told stays as it is there, or as the
 * next wider entry has it, or allows nothing.
 */
export const withChanges = (tolerances: readonly Tolerance[], changes: readonly ToleranceChange[]): Tolerance[] =>
  changes.reduce<Tolerance[]>(
    (before, change) => {
      const { rule, scope } = change
      const holds = before
        .filter((one) => one.rule === rule && isWithin(scope, one))
        .sort((a, b) => weight(b) - weight(a))[0]
      const others = before.filter((one) => one.rule !== rule || !isSameScope(one, scope))
      const over = change.over ?? holds?.over ?? 'zero'
      const under = change.under ?? holds?.under ?? 'zero'
      return [...others, { rule, ...scope, over, under }]
    },
    [...tolerances],
  )

const mayMeet = (a: Scope, b: Scope): boolean =>
  scopes.every((name) => a[name] === undefined || b[name] === undefined || a[name] === b[name])
const isSameScope = (a: Scope, b: Scope): boolean => scopes.every((name) => (a[name] ?? '') === (b[name] ?? ''))
const isWithin = (scope: Scope, wider: Scope): boolean =>
  scopes.every((name) => wider[name] === undefined || wider[name] === scope[name])
const weight = ({ company, supplier, category, item }: Scope): number =>
  (item === undefined ? 0 : 8) +
  (category === undefined ? 0 : 4) +
  (supplier === undefined ? 0 : 2) +
  (company === undefined ? 0 : 1)

/** Entries of the same rule that are more specific than a change and may be about the same: they go on holding where they do. */
export const stillHold = (tolerances: readonly Tolerance[], { rule, scope }: ToleranceChange): readonly Tolerance[] =>
  tolerances.filter((one) => one.rule === rule && weight(one) > weight(scope) && mayMeet(one, scope))

/** @throws WORKSPACE-INVALID with file, line and column of each mistake */
export async function readToleranceOverlay(path: string): Promise<ToleranceOverlay> {
  const { value, problems } = checkSchema(await readSettingsFile(path, path), 'tolerances', ToleranceOverlay)
  if (value === undefined || problems.length > 0)
    throw new MatchbookError('WORKSPACE-INVALID', `the tolerances cannot be read:\n${formatProblems(problems)}`)
  return value
}

/** "price, supplier 10432: over 2 % or 0.50, under zero" */
export function toleranceWords({ rule, over, under, ...scope }: Tolerance): string {
  const whose = scopes.flatMap((name) => (scope[name] === undefined ? [] : [`${name} ${scope[name]}`]))
  return `${[rule, ...whose].join(', ')}: over ${sideWords(over)}, under ${sideWords(under)}`
}

const sideWords = (side: Side): string =>
  typeof side === 'string'
    ? side
    : [side.percent === undefined ? [] : `${side.percent} %`, side.absolute ?? []]
        .flat()
        .join(side.combine === 'looser' ? ' or ' : ' and ')
