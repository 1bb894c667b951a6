import type { GroupToWrite, InterchangeToWrite } from './write.js'

/** All of an interchange but what it gets when it is written: control numbers, day and time. */
export interface UnnumberedInterchange extends Omit<InterchangeToWrite, 'control' | 'date' | 'time' | 'groups'> {
  readonly groups: readonly Omit<GroupToWrite, 'control'>[]
}

export interface InterchangeNumbers {
  /** ISA13. */
  readonly control: number
  /** GS06 of each group, in order. */
  readonly groupControls: readonly number[]
  /** yyyy-MM-dd */
  readonly date: string
  /** HHmm */
  readonly time: string
}

export function numberInterchange(
  { groups, ...interchange }: UnnumberedInterchange,
  { control, groupControls, date, time }: InterchangeNumbers,
): InterchangeToWrite {
  const numbered = groups.map((group, index) => {
    const control = groupControls[index]
    if (control === undefined) throw new Error(`group ${index + 1} of ${groups.length} has no control number`)
    return { ...group, control }
  })
  return { ...interchange, control, date, time, groups: numbered }
}
