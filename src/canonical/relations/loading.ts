import { may, must, note, type RelationColumns } from './column.js'

/** What the ERP says of what was written to it. */
export const loading = {
  load_result: {
    load: must('text', 'id of the load, or the group (GROUP_ID, RUN_GROUP) that its import was told'),
    reference: must('text', 'what names the row, as result-reference of the load template says'),
    reference_2: may('text', 'second part of what names the row'),
    status: must('text', 'loaded, rejected or pending'),
    reason_code: may('text', "the ERP's code for why it refused the row"),
    reason: note('the same in words'),
    erp_number: may('text', 'number that the ERP gave it'),
  },
} as const satisfies RelationColumns
