export { instantOf } from './cron-instants.js'
export { nextOccurrences, type Occurrence, occurrences, type ScheduledJob } from './occurrences.js'
export { type Owed, owed } from './owed.js'
export { daysAfter, isWorkingDay } from './working-days.js'
