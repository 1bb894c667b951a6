/** The 997 and the 999 say the same with other segment names; what they may say depends on the version. */
export interface AckDialect {
  readonly set: '997' | '999'
  /** GS08. */
  readonly version: string
  /** From 005010 on: AK103 and AK203 are there, and codes that 4010 does not have. */
  readonly modern: boolean
  readonly segment: 'AK3' | 'IK3'
  readonly element: 'AK4' | 'IK4'
  readonly trailer: 'AK5' | 'IK5'
}

/** @param version GS08; by default 004010 for a 997 and 005010X231A1 for a 999 */
export function ackDialect(set: '997' | '999', version = set === '997' ? '004010' : '005010X231A1'): AckDialect {
  const names =
    set === '997'
      ? ({ segment: 'AK3', element: 'AK4', trailer: 'AK5' } as const)
      : ({ segment: 'IK3', element: 'IK4', trailer: 'IK5' } as const)
  return { set, version, modern: version >= '005', ...names }
}

/** Codes that only an implementation acknowledgment has, and what a 997 says instead. */
const of999: Readonly<Record<string, string>> = {
  'AK304:I4': '2',
  'AK304:I6': '3',
  'AK304:I7': '3',
  'AK304:I8': '3',
  'AK304:I9': '2',
  'AK403:I6': '7',
  'AK403:I9': '2',
  'AK403:I10': '10',
  'AK403:I11': '1',
  'AK403:I12': '7',
  'AK403:I13': '10',
}
/** Codes that came with 005010, and what 4010 has instead. */
const of5010: Readonly<Record<string, string>> = { 'AK905:19': '6', 'AK403:12': '3', 'AK403:13': '3' }

/** The code after the colon of a finding's standard code, as this acknowledgment may say it. */
export function codeIn({ set, modern }: AckDialect, standardCode: string): string {
  const code = standardCode.slice(standardCode.indexOf(':') + 1)
  return (set === '999' ? undefined : of999[standardCode]) ?? (modern ? undefined : of5010[standardCode]) ?? code
}
