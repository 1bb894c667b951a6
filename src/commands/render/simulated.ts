import type { listFaults, Simulated } from '../../app/simulate/simulate.js'
import { count } from './money.js'
import { table } from './table.js'

export const faultsText = (faults: ReturnType<typeof listFaults>): string =>
  table(faults, [
    { title: 'JOB', value: ({ job }) => job },
    { title: 'FAULT', value: ({ name }) => name },
    { title: 'RAISES', value: ({ code }) => code ?? '-' },
    { title: 'WHAT IT IS', value: ({ says }) => says },
  ])

export function simulatedText({ truthFile, truth }: Simulated, folder: string): string {
  const codes = new Set(truth.expected.map(({ code }) => code))
  return [
    `A night of ${truth.asOf} in ${folder}: ${count(truth.lines, 'PO line')}, ${count(truth.files.length, 'file')}, seed ${truth.seed}`,
    `To be found: ${count(truth.expected.length, 'exception')} of ${count(codes.size, 'code')}; ${count(truth.spared.length, 'case')} just in order, about which nothing may be raised`,
    '',
    'Next:',
    `  matchbook run --all --as-of ${truth.asOf} --workspace ${folder}`,
    `  ${folder}/${truthFile} holds what it must find`,
    ...(truth.next === null
      ? []
      : [
          '',
          `Then put the files of ${folder}/next over those of ${folder}/drops and run again: ${count(truth.next.expected.length, 'exception')} more`,
        ]),
  ].join('\n')
}
