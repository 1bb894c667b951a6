import type { ExceptionRow } from '../src/outputs/report/index.js'

export const rowOf: (n: number) => ExceptionRow
