import type { CodesData, ElementsData, SegmentsData, SetData } from './guide-data.js'

type Load<T> = () => Promise<{ readonly default: T }>

interface GuideFiles {
  readonly segments: Load<SegmentsData>
  readonly elements: Load<ElementsData>
  readonly codes: Load<CodesData>
  readonly sets: Readonly<Record<string, Load<SetData>>>
}

/** What the dictionary was before 004010, where it matters: dates of six digits, and the century in DTM05. */
export const before004010Files = {
  segments: () => import('./before-004010/segments.json', { with: { type: 'json' } }),
  elements: () => import('./before-004010/elements.json', { with: { type: 'json' } }),
}

export const segmentIdsFile = () => import('./segment-ids.json', { with: { type: 'json' } })

/** Every file of guide data, read when a guide of its version and set is asked for and not before. */
export const guideFiles = {
  '004010': {
    segments: () => import('./004010/segments.json', { with: { type: 'json' } }),
    elements: () => import('./004010/elements.json', { with: { type: 'json' } }),
    codes: () => import('./004010/codes.json', { with: { type: 'json' } }),
    sets: {
      '810': () => import('./004010/810.json', { with: { type: 'json' } }),
      '820': () => import('./004010/820.json', { with: { type: 'json' } }),
      '824': () => import('./004010/824.json', { with: { type: 'json' } }),
      '832': () => import('./004010/832.json', { with: { type: 'json' } }),
      '846': () => import('./004010/846.json', { with: { type: 'json' } }),
      '850': () => import('./004010/850.json', { with: { type: 'json' } }),
      '855': () => import('./004010/855.json', { with: { type: 'json' } }),
      '856': () => import('./004010/856.json', { with: { type: 'json' } }),
      '860': () => import('./004010/860.json', { with: { type: 'json' } }),
      '864': () => import('./004010/864.json', { with: { type: 'json' } }),
      '865': () => import('./004010/865.json', { with: { type: 'json' } }),
      '997': () => import('./004010/997.json', { with: { type: 'json' } }),
      TA1: () => import('./004010/TA1.json', { with: { type: 'json' } }),
    },
  },
  '005010': {
    segments: () => import('./005010/segments.json', { with: { type: 'json' } }),
    elements: () => import('./005010/elements.json', { with: { type: 'json' } }),
    codes: () => import('./005010/codes.json', { with: { type: 'json' } }),
    sets: {
      '810': () => import('./005010/810.json', { with: { type: 'json' } }),
      '820': () => import('./005010/820.json', { with: { type: 'json' } }),
      '824': () => import('./005010/824.json', { with: { type: 'json' } }),
      '832': () => import('./005010/832.json', { with: { type: 'json' } }),
      '846': () => import('./005010/846.json', { with: { type: 'json' } }),
      '850': () => import('./005010/850.json', { with: { type: 'json' } }),
      '855': () => import('./005010/855.json', { with: { type: 'json' } }),
      '856': () => import('./005010/856.json', { with: { type: 'json' } }),
      '860': () => import('./005010/860.json', { with: { type: 'json' } }),
      '864': () => import('./005010/864.json', { with: { type: 'json' } }),
      '865': () => import('./005010/865.json', { with: { type: 'json' } }),
      '997': () => import('./005010/997.json', { with: { type: 'json' } }),
      '999': () => import('./005010/999.json', { with: { type: 'json' } }),
      TA1: () => import('./005010/TA1.json', { with: { type: 'json' } }),
    },
  },
} as const satisfies Readonly<Record<string, GuideFiles>>
