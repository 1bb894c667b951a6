import { IANAZone } from 'luxon'
import { exceptionCodes } from '../../canonical/index.js'
import { nearMiss } from '../../errors/index.js'
import type { Problem } from '../problem.js'
import { isMap } from '../schema-variants.js'
import type { Setting } from '../setting.js'
import { checkDelivery } from './check-delivery.js'
import { checkNotify } from './check-notify.js'
import { checkRetention } from './check-retention.js'
import { isDay } from './is-day.js'

/** What a schema cannot see in matchbook.yaml. `knownQueues`: the queues exceptions are routed to unless the workspace says otherwise. */
export function checkWorkspace(workspace: Setting, knownQueues: readonly string[]): Problem[] {
  return [
    ...timezone(workspace.at('timezone')),
    ...isaIds(workspace),
    ...queues(workspace, knownQueues),
    ...exceptions(workspace),
    ...calendars(workspace.at('calendars')),
    ...acknowledgments(workspace),
    ...partnerCalendars(workspace),
    ...money(workspace),
    ...tolerances(workspace.at('tolerances')),
    ...conversions(workspace.at('units').at('conversions')),
    ...checkRetention(workspace),
    ...lineage(workspace.at('telemetry').at('openlineage')),
    ...checkNotify(workspace),
  ]
}

function timezone(zone: Setting): Problem[] {
  const { text } = zone
  if (text === undefined || IANAZone.isValidZone(text)) return []
  const suggestion = nearMiss(text, Intl.supportedValuesOf('timeZone'))
  return [zone.problem(`no time zone "${text}"`, 'an IANA zone, for example America/Chicago', { suggestion })]
}

/** Events that go nowhere are a setting that somebody believes in. */
function lineage(openlineage: Setting): Problem[] {
  if (openlineage.text !== undefined || openlineage.entries().length === 0) return []
  if (['file', 'url'].some((name) => openlineage.at(name).text !== undefined)) return []
  return [openlineage.problem('events of openlineage go nowhere', 'a file, a url, or both')]
}

/** An ISA id that two claim would make it chance whose invoice it is. */
function isaIds(workspace: Setting): Problem[] {
  const partners = workspace.at('partners').entries()
  const claims = partners.flatMap(([partner, settings]) =>
    settings
      .at('isa')
      .items()
      .map((isa) => ({ isa, by: `partner ${partner}` })),
  )
  const ours = workspace
    .at('identity')
    .items()
    .map((identity) => ({ isa: identity.at('isa'), by: 'identity' }))
  const first = new Map<string, string>()
  return [...claims, ...ours].flatMap(({ isa, by }) => {
    const [qualifier, id] = [isa.at('qualifier').text, isa.at('id').text?.trimEnd()]
    if (qualifier === undefined || id === undefined) return []
    const claimed = first.get(`${qualifier} ${id}`)
    first.set(`${qualifier} ${id}`, claimed ?? by)
    return claimed === undefined
      ? []
      : [isa.problem(`ISA id ${qualifier} ${id} belongs to ${claimed} already`, 'each ISA id once')]
  })
}

function queues(workspace: Setting, knownQueues: readonly string[]): Problem[] {
  const own = workspace.at('queues')
  const calendars = workspace.at('calendars').names
  const absent = own.value === undefined ? [] : knownQueues.filter((name) => !own.names.includes(name))
  return [
    ...absent.map((name) =>
      own.problem(`no queue "${name}"`, 'every queue that exceptions go to by default', {
        suggestion: nearMiss(
          name,
          own.names.filter((queue) => !knownQueues.includes(queue)),
        ),
      }),
    ),
    ...own.entries().flatMap(([, queue]) => queue.at('calendar').refersTo('calendar', calendars)),
  ]
}

function exceptions(workspace: Setting): Problem[] {
  const overrides = workspace.at('exceptions')
  const own = workspace.at('queues').names
  return overrides.entries().flatMap(([code, override]) => [
    ...overrides.isNamedLike(code, 'exception code', exceptionCodes),
    ...override.at('queue').refersTo('queue', own),
    ...override
      .at('statuses')
      .entries()
      .flatMap(([status, queue]) => [
        ...queue.refersTo('queue', own),
        ...(code.startsWith('ACK-')
          ? []
          : [
              queue.problem(
                `status ${status} of ${code}`,
                'a code that an acknowledgment raises, for example ACK-REJECTED',
                { at: 'key' },
              ),
            ]),
      ]),
  ])
}

function partnerCalendars(workspace: Setting): Problem[] {
  const calendars = workspace.at('calendars').names
  return workspace
    .at('partners')
    .entries()
    .flatMap(([, partner]) => partner.at('acknowledgments').at('calendar').refersTo('calendar', calendars))
}

function calendars(all: Setting): Problem[] {
  return all.entries().flatMap(([, calendar]) => {
    const [from, to] = [calendar.at('from').text ?? '08:00', calendar.at('to').text ?? '17:00']
    const late = calendar.at(calendar.has('to') ? 'to' : 'from')
    const wrongHours =
      from < to || ![from, to].every((time) => /^\d\d:\d\d$/.test(time))
        ? []
        : [late.problem(`a working day from ${from} to ${to}`, 'from to be before to')]
    const holidays = calendar
      .at('holidays')
      .items()
      .filter(({ text }) => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !isDay(text))
    return [...wrongHours, ...holidays.map((day) => day.problem(`no day ${day.text}`, 'a day of the calendar'))]
  })
}

/** An acknowledgment that has no place to go would be owed for ever. */
function acknowledgments(workspace: Setting): Problem[] {
  const endpoints = workspace.at('endpoints').names
  return workspace
    .at('partners')
    .entries()
    .flatMap(([, partner]) => {
      const x12 = partner.at('x12')
      const owed = ['acknowledge', 'ta1'].filter(
        (name) => x12.has(name) && !['none', 'never'].includes(x12.at(name).text ?? 'none'),
      )
      const nowhere =
        owed.length > 0 && !x12.has('send-to')
          ? [x12.problem(`${owed.join(' and ')} without send-to`, 'send-to: where the acknowledgments go')]
          : []
      return [...nowhere, ...checkDelivery(x12.at('send-to'), endpoints)]
    })
}

function money(workspace: Setting): Problem[] {
  return workspace
    .at('partners')
    .entries()
    .flatMap(([, partner]) => [
      ...notNegative(partner.at('freight-limit')),
      ...notNegative(partner.at('terms').at('discount-percent')),
    ])
}

function tolerances(all: Setting): Problem[] {
  const scopes = new Map<string, number>()
  return all.items().flatMap((tolerance, index) => {
    const scope = ['rule', 'company', 'supplier', 'category', 'item'].map((name) => tolerance.at(name).text ?? '')
    const key = JSON.stringify(scope)
    const earlier = scopes.get(key)
    scopes.set(key, earlier ?? index + 1)
    const twice =
      earlier === undefined
        ? []
        : [tolerance.problem(`the same rule and scope as entry ${earlier}`, 'one tolerance for each rule and scope')]
    return [...twice, ...['over', 'under'].flatMap((side) => toleranceSide(tolerance.at(side)))]
  })
}

function toleranceSide(side: Setting): Problem[] {
  if (!isMap(side.value)) return []
  if (side.names.every((name) => name === 'combine'))
    return [side.problem('neither percent nor absolute', 'percent, absolute or both; or off, zero or unlimited')]
  return [...notNegative(side.at('percent')), ...notNegative(side.at('absolute'))]
}

function conversions(all: Setting): Problem[] {
  const pairs = new Map<string, number>()
  return all.items().flatMap((conversion, index) => {
    const [from, to, factor] = [conversion.at('from'), conversion.at('to'), conversion.at('factor')]
    const key = JSON.stringify([from.text, to.text])
    const earlier = pairs.get(key)
    pairs.set(key, earlier ?? index + 1)
    return [
      ...(earlier === undefined
        ? []
        : [
            conversion.problem(
              `${from.text} to ${to.text} converted in entry ${earlier} already`,
              'one factor from unit to unit',
            ),
          ]),
      ...(from.text !== undefined && from.text === to.text
        ? [to.problem(`${from.text} converted to itself`, 'another unit')]
        : []),
      ...(/^-|^0+(\.0+)?$/.test(factor.text ?? '1')
        ? [factor.problem(`factor ${factor.text}`, 'a factor above 0')]
        : []),
    ]
  })
}

const notNegative = (amount: Setting): Problem[] =>
  amount.text?.startsWith('-') ? [amount.problem(`"${amount.text}"`, 'nothing below 0')] : []
