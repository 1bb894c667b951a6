import type { Migration } from 'kysely'
import * as firstNight from './0001-first-night.js'

/** In order, never changed once released: a state folder of any older version is brought forward by the ones it lacks. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-night': firstNight,
}
