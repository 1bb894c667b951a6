import { it } from 'vitest'
import { writeWorkbook } from '/work/main/src/outputs/report/index.js'
import { sampleContent } from '/work/main/test/outputs/report/sample-content.js'

it('x', async () => {
  console.log(await writeWorkbook('/tmp/wb/sample.xlsx', sampleContent()))
})
