import { must, type RelationColumns } from './column.js'

/** What the last run of the job left for this one. */
export const memory = {
  remembered: {
    result: must('text', 'name of the result table'),
    row: must('text', 'JSON: column of the table -> value'),
  },
} as const satisfies RelationColumns
