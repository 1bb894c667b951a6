import type { Guide, Loop } from './guide.js'

/** Which segments a table has, and the loops in which each may stand, for segments that are met outside of them. */
export function indexTable(root: Loop): Pick<Guide, 'ids' | 'homes'> {
  const ids = new Set<string>()
  const homes = new Map<string, (readonly Loop[])[]>()
  const walk = (loop: Loop, around: readonly Loop[]) => {
    const path = [...around, loop]
    loop.entries.forEach((entry, position) => {
      ids.add(entry.id)
      if (position > 0 || around.length === 0) homes.set(entry.id, [...(homes.get(entry.id) ?? []), path])
      if (entry.loop !== undefined) walk(entry.loop, path)
    })
  }
  walk(root, [])
  return { ids, homes }
}
