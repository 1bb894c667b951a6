import type { Shares } from './shares-setting.js'

/** What of a drop says whose share it is. */
export interface SharedDrop {
  readonly input: string
  readonly kind: 'x12' | 'extract' | 'load-results'
  readonly endpoint: string
  readonly folder: string
  readonly recursive: boolean
  readonly partner: string | undefined
}

/**
 * Whose a drop is, or a file that came by it: undefined where it is taken in for all together. X12 that may be of any partner is, since
 * what one partner sent is judged in the order in which it came.
 */
export function ownerOf(
  by: Shares['by'],
  { kind, endpoint, partner }: Pick<SharedDrop, 'kind' | 'endpoint' | 'partner'>,
): string | undefined {
  if (by === 'partner') return partner
  return kind === 'x12' && partner === undefined ? undefined : endpoint
}

export interface Groups {
  /** Owners that have to stay in one share, with the number of their drops; most drops first. */
  readonly groups: readonly { readonly owners: readonly string[]; readonly drops: number }[]
  /** Drops, by their place in the list, that look where drops of nobody look too. */
  readonly mixed: readonly number[]
}

/**
 * Which owners cannot be told apart: those that look into one folder, since either could take the other's files; at several endpoints those
 * of one partner, whose files have one order; and those of one extract, of which the newest counts.
 */
export function groupOwners(by: Shares['by'], drops: readonly SharedDrop[]): Groups {
  const owners = drops.map((drop) => ownerOf(by, drop))
  const owned = (together: readonly number[]) => together.filter((n) => owners[n] !== undefined)
  const { folders, others } = inseparable(drops)
  const union = new Union()
  for (const [first, ...rest] of [...folders, ...others].map(owned))
    for (const n of rest) union.join(owners[first ?? n] ?? '', owners[n] ?? '')
  const mixed = new Set(folders.flatMap((folder) => (owned(folder).length < folder.length ? owned(folder) : [])))
  const groups = new Map<string, { owners: Set<string>; drops: number }>()
  for (const owner of owners) {
    if (owner === undefined) continue
    const group = groups.get(union.of(owner)) ?? { owners: new Set(), drops: 0 }
    group.owners.add(owner)
    group.drops += 1
    groups.set(union.of(owner), group)
  }
  const list = [...groups.values()].map((group) => ({ owners: [...group.owners].sort(), drops: group.drops }))
  return {
    groups: list.sort((a, b) => b.drops - a.drops || ((a.owners[0] ?? '') < (b.owners[0] ?? '') ? -1 : 1)),
    mixed: [...mixed].sort((a, b) => a - b),
  }
}

/** Drops, by their place in the list, that one process has to take in: those of one folder, and for other reasons. */
function inseparable(drops: readonly SharedDrop[]): { folders: number[][]; others: number[][] } {
  const folders = new Map<string, number[]>()
  const others = new Map<string, number[]>()
  const add = (lists: Map<string, number[]>, key: string, n: number): void => {
    lists.set(key, [...(lists.get(key) ?? []), n])
  }
  for (const [n, { endpoint, folder, partner, kind, input }] of drops.entries()) {
    add(folders, JSON.stringify([endpoint, plain(folder)]), n)
    if (partner !== undefined) add(others, `partner ${partner}`, n)
    if (kind === 'extract') add(others, `extract ${input}`, n)
  }
  const below = drops.flatMap((drop, n) =>
    drop.recursive ? drops.flatMap((other, m) => (m !== n && isBelow(other, drop) ? [[n, m]] : [])) : [],
  )
  return { folders: [...folders.values(), ...below], others: [...others.values()] }
}

const isBelow = (drop: SharedDrop, above: SharedDrop): boolean =>
  drop.endpoint === above.endpoint &&
  (plain(above.folder) === '' || plain(drop.folder).startsWith(`${plain(above.folder)}/`))

/** Which of what was joined, one after the other, belongs together. */
class Union {
  readonly #above = new Map<string, string>()

  join(a: string, b: string): void {
    if (this.of(a) !== this.of(b)) this.#above.set(this.of(b), this.of(a))
  }

  of(one: string): string {
    let top = one
    for (let up = this.#above.get(top); up !== undefined; up = this.#above.get(top)) top = up
    return top
  }
}

const plain = (folder: string): string => folder.replace(/^(\.\/)+|\/+$/g, '').replace(/^\.$/, '')

/** Deals groups to so many shares, each to the one that has the fewest drops so far. @returns the owners of each share */
export function dealOut({ groups }: Groups, of: number): readonly (readonly string[])[] {
  const shares = Array.from({ length: of }, () => ({ owners: [] as string[], drops: 0 }))
  for (const group of groups) {
    const least = shares.reduce((a, b) => (b.drops < a.drops ? b : a))
    least.owners.push(...group.owners)
    least.drops += group.drops
  }
  return shares.map(({ owners }) => owners)
}
