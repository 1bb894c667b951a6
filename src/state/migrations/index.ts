import type { Migration } from 'kysely'
import * as firstNight from './0001-first-night.js'
import * as x12Control from './0002-x12-control.js'
import * as quarantine from './0003-quarantine.js'
import * as takingIn from './0004-taking-in.js'
import * as failingWell from './0005-failing-well.js'
import * as decisions from './0006-decisions.js'
import * as x12Groups from './0007-x12-groups.js'
import * as schedule from './0008-schedule.js'
import * as resultTables from './0009-result-tables.js'
import * as orderOfRuns from './0010-order-of-runs.js'
import * as settingsOfRuns from './0011-settings-of-runs.js'
import * as crossReferences from './0012-cross-references.js'
import * as loadsDecided from './0013-loads-decided.js'
import * as evidencePacks from './0014-evidence-packs.js'
import * as notifications from './0015-notifications.js'
import * as severalMachines from './0016-several-machines.js'
import * as work from './0017-work.js'
import * as toldLater from './0018-told-later.js'
import * as toldOfWhom from './0019-told-of-whom.js'
import * as moneyByCurrency from './0020-money-by-currency.js'

/**
 * In order, never changed once released: a state folder of any older version is brought forward by the ones it lacks.
 *
 * A migration only adds: tables, and columns that may be null or have a default. The version before goes on working beside it. What takes
 * something away, or means something else from now on, is named `NNNN-needs-VERSION-...`, after the oldest version that works without what
 * is taken. It is done when no older one is at work; so the version that brings it has to work before it is done as well as after.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-night': firstNight,
  '0002-x12-control': x12Control,
  '0003-quarantine': quarantine,
  '0004-taking-in': takingIn,
  '0005-failing-well': failingWell,
  '0006-decisions': decisions,
  '0007-x12-groups': x12Groups,
  '0008-schedule': schedule,
  '0009-result-tables': resultTables,
  '0010-order-of-runs': orderOfRuns,
  '0011-settings-of-runs': settingsOfRuns,
  '0012-cross-references': crossReferences,
  '0013-loads-decided': loadsDecided,
  '0014-evidence-packs': evidencePacks,
  '0015-notifications': notifications,
  '0016-several-machines': severalMachines,
  '0017-work': work,
  '0018-told-later': toldLater,
  '0019-told-of-whom': toldOfWhom,
  '0020-money-by-currency': moneyByCurrency,
}
