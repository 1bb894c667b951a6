/** breaks: the ERP would refuse or misread what we send; look: it may; fine: it takes what we send as before. */
export type Weight = 'breaks' | 'look' | 'fine'

export interface TemplateDifference {
  /** File of the archive; null where it is about the whole load. */
  readonly file: string | null
  /** Column, as the ERP names it; null where it is about the file. */
  readonly column: string | null
  readonly what: string
  readonly left: string | null
  readonly right: string | null
  readonly weight: Weight
}

export interface TemplateSide {
  /** As it was named. */
  readonly named: string
  readonly title: string | null
  readonly release: string | null
  readonly columns: number
}

export interface TemplateComparison {
  readonly left: TemplateSide
  readonly right: TemplateSide
  /** What breaks first. */
  readonly differences: readonly TemplateDifference[]
  readonly alike: boolean
}
