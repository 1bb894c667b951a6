import { nestedLimits } from './limits.js'
import type { NestedEvents } from './nested-events.js'
import { NoRecords } from './no-records.js'

/** Texts that stand at one place of a file, and how often each does. */
export type ToldTexts = ReadonlyMap<string, number>

interface Place {
  readonly name: string
  readonly below: Map<string, Place>
  readonly texts: Map<string, number>
}

/** What a nested file says at certain places, wherever they stand: how many records it has, for example, and what they come to. */
export class ToldValues {
  private readonly top = placeOf('')

  /** @param places keys that lead there from the top, with / between */
  constructor(places: readonly string[]) {
    for (const name of places) {
      let at = this.top
      for (const key of name.split('/')) {
        const below: Place = at.below.get(key) ?? placeOf(at.name === '' ? key : `${at.name}/${key}`)
        at.below.set(key, below)
        at = below
      }
    }
  }

  /** Empty where nothing stands there. */
  at(place: string): ToldTexts {
    let at: Place | undefined = this.top
    for (const key of place.split('/')) at = at?.below.get(key)
    return at?.texts ?? new Map()
  }

  /** Keeps the values of one reading, and tells `events` all of it. @throws NoRecords from the reading */
  beside(events: NestedEvents): NestedEvents {
    forget(this.top)
    const around: (Place | undefined)[] = []
    const keep = (key: string, text: string): void => {
      const texts = around.at(-1)?.below.get(key)?.texts
      if (texts === undefined || text.trim() === '') return
      texts.set(text.trim(), (texts.get(text.trim()) ?? 0) + 1)
      if (texts.size > nestedLimits.keys)
        throw new NoRecords(`it has more than ${nestedLimits.keys} different values where it tells its totals`, 1)
    }
    return {
      open: (key, line, listed) => {
        around.push(around.length === 0 ? this.top : around.at(-1)?.below.get(key))
        events.open(key, line, listed)
      },
      value: (key, text) => {
        keep(key, text)
        events.value(key, text)
      },
      alias: (key, text) => {
        keep(key, text)
        events.alias?.(key, text)
      },
      mixed: (key) => events.mixed?.(key),
      close: () => {
        around.pop()
        events.close()
      },
      fault: (reason) => events.fault(reason),
      unreadable: (text, line, reason) => {
        around.length = 0
        events.unreadable?.(text, line, reason)
      },
    }
  }
}

const placeOf = (name: string): Place => ({ name, below: new Map(), texts: new Map() })

function forget({ texts, below }: Place): void {
  texts.clear()
  for (const place of below.values()) forget(place)
}
