/** A run as a suite of tests: each step, and each thing that went wrong. */
export interface RunResult {
  readonly job: string
  readonly run: string
  /** ISO instant. */
  readonly startedAt: string
  readonly cases: readonly {
    readonly name: string
    readonly seconds: number
    /** Why it failed; null where it went well. */
    readonly failure: string | null
  }[]
}

/** The XML that build servers read as test results. */
export function junitText(results: readonly RunResult[]): string {
  const suites = results.map(({ job, run, startedAt, cases }) => {
    const failures = cases.filter(({ failure }) => failure !== null).length
    const seconds = cases.reduce((sum, one) => sum + one.seconds, 0)
    const counts = `tests="${cases.length}" failures="${failures}" time="${seconds.toFixed(3)}"`
    return [
      `  <testsuite name="${escaped(job)}" id="${escaped(run)}" timestamp="${startedAt}" ${counts}>`,
      ...cases.map(({ name, seconds, failure }) => {
        const open = `    <testcase classname="${escaped(job)}" name="${escaped(name)}" time="${seconds.toFixed(3)}"`
        return failure === null ? `${open}/>` : `${open}><failure message="${escaped(failure)}"/></testcase>`
      }),
      '  </testsuite>',
    ].join('\n')
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="matchbook">',
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

/** XML has no place for control characters, however they are written. */
const escaped = (text: string): string =>
  [...text]
    .filter((char) => char >= ' ' || char === '\t' || char === '\n')
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
