import { ux } from '@oclif/core'
import type { Check } from '../../app/doctor/doctor.js'

const marks = { good: 'ok  ', unknown: '?   ', warning: 'warn', bad: 'bad ' } as const
const colours = { good: 'green', unknown: 'dim', warning: 'cyan', bad: 'red' } as const

/** A line for each check, its remedy below, and what it comes to. */
export function doctorText(checks: readonly Check[]): string {
  const lines = checks.flatMap(({ state, subject, says, remedy }) => [
    `${ux.colorize(colours[state], marks[state])}  ${subject}: ${says}`,
    ...(remedy === undefined ? [] : remedy.split('\n').map((line) => `      ${line}`)),
  ])
  const count = (of: Check['state']): number => checks.filter(({ state }) => state === of).length
  const [wrong, warnings] = [count('bad'), count('warning')]
  const sum =
    wrong + warnings === 0
      ? 'Nothing is wrong'
      : `${wrong} ${wrong === 1 ? 'thing' : 'things'} to mend, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`
  return [...lines, '', sum].join('\n')
}
