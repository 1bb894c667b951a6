import { escaped, htmlTable } from '../html.js'
import type { Trend } from './content.js'
import { count, money } from './figures.js'

const WIDTH = 320
const HEIGHT = 96
const EDGE = 8

/** A line over the nights, drawn; the same figures as a table below it for who does not see it. Coordinates alone are rounded. */
export function trendFigure({ job, unit, nights }: Trend, currency: string): string {
  const name = `${job}: ${unit === 'money' ? 'money at risk' : 'open exceptions'}`
  const said = (value: string): string => (unit === 'money' ? money(value, currency) : count(Number(value)))
  const [first, last] = [nights[0], nights.at(-1)]
  if (first === undefined || last === undefined) return ''
  const points = pointsOf(nights.map(({ value }) => Number(value)))
  const [x, y] = points.at(-1) ?? [0, 0]
  const line = points.map(([px, py]) => `${px},${py}`).join(' ')
  const words = `${name}, from ${said(first.value)} on ${first.asOf} to ${said(last.value)} on ${last.asOf}`
  const table = htmlTable(
    name,
    [
      { title: 'Night', text: ({ asOf }) => asOf },
      { title: unit === 'money' ? 'Money at risk' : 'Open', isFigure: true, text: ({ value }) => said(value) },
    ],
    nights,
  )
  return `<figure><figcaption>${escaped(name)}<b>${escaped(said(last.value))}</b></figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(words)}"><line class="base" x1="0" x2="${WIDTH}" y1="${HEIGHT - EDGE}" y2="${HEIGHT - EDGE}"/><polyline class="line" points="${line}"/><circle class="dot" cx="${x}" cy="${y}" r="4"/></svg><details><summary>${nights.length} nights as figures<span class="hidden">: ${escaped(name)}</span></summary>${table}</details></figure>`
}

/** From zero up: a line that begins above it would make small changes look large. */
function pointsOf(values: readonly number[]): [x: number, y: number][] {
  const most = Math.max(1, ...values)
  const step = values.length > 1 ? (WIDTH - 2 * EDGE) / (values.length - 1) : 0
  const from = values.length > 1 ? EDGE : WIDTH / 2
  return values.map((value, n) => [
    Math.round(from + n * step),
    Math.round(HEIGHT - EDGE - (Math.max(0, value) / most) * (HEIGHT - 2 * EDGE)),
  ])
}

/** How large one is beside the largest, as a bar; the figure stands beside it. */
export function bar(value: string, most: string): string {
  const width = Number(most) > 0 ? Math.max(0, Math.round((Number(value) / Number(most)) * 100)) : 0
  return `<span class="bar" aria-hidden="true"><i style="width:${width}%"></i></span>`
}
