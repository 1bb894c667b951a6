import { ux } from '@oclif/core'
import type { WorkspaceStatus } from '../../app/status.js'
import { count } from './money.js'
import { type StatusView, statusTitle, statusViews } from './status.js'

const views: readonly (StatusView | 'all')[] = ['all', ...(Object.keys(statusViews) as StatusView[])]

/** What the screen shows of the status: one view, from one of its lines on. */
export interface ScreenPlace {
  readonly view: number
  readonly top: number
}

/** A key held down, or a slow line, brings several at once. */
export const keysIn = (data: string): readonly string[] =>
  data
    .split('\u001b[')
    .flatMap((piece, n) => (n === 0 ? [...piece] : [`\u001b[${piece.slice(0, 1)}`, ...piece.slice(1)]))

/** Where a key leads to; undefined for one that means nothing here. Keys as a terminal in raw mode sends them. */
export function afterKey({ view, top }: ScreenPlace, key: string): ScreenPlace | undefined {
  const number = Number(key)
  if (number >= 1 && number <= views.length) return { view: number - 1, top: 0 }
  switch (key) {
    case '\u001b[C':
    case '\t':
      return { view: (view + 1) % views.length, top: 0 }
    case '\u001b[D':
      return { view: (view + views.length - 1) % views.length, top: 0 }
    case '\u001b[B':
      return { view, top: top + 1 }
    case '\u001b[A':
      return { view, top: Math.max(0, top - 1) }
    default:
      return undefined
  }
}

/** The lines of a screen of so many rows. `read`: when the status was read, on the wall clock of the workspace. */
export function screenLines(now: WorkspaceStatus, { view, top }: ScreenPlace, rows: number, read: string): string[] {
  const shown = views[view] ?? 'all'
  const parts = shown === 'all' ? Object.values(statusViews) : [statusViews[shown]]
  const body = parts.flatMap((part) => part(now)).join('\n\n')
  const lines = (body === '' ? 'Nothing to show.' : body).split('\n')
  const room = Math.max(1, rows - 5)
  const first = Math.min(top, Math.max(0, lines.length - room))
  const more = lines.length - first - room
  const tabs = views.map((name, n) => ux.colorize(n === view ? 'inverse' : 'dim', `${n + 1} ${name}`)).join('  ')
  return [
    statusTitle(now),
    tabs,
    '',
    ...lines.slice(first, first + room),
    ...Array.from({ length: Math.max(0, room - lines.length) }, () => ''),
    '',
    ux.colorize(
      'dim',
      `${read}  q ends, r reads again, 1-${views.length} or ← → view, ↑ ↓ move${more > 0 ? `, ${count(more, 'more line', 'more lines')}` : ''}`,
    ),
  ]
}
