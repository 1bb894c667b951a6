import { test } from 'vitest'
import { formatProblems, loadWorkspace, scaffoldWorkspace } from '../../src/config/index.js'
import { defaultQueues } from '../../src/exceptions/index.js'
test('x', async () => {
  const { rmSync } = await import('node:fs')
  rmSync('/tmp/sc', { recursive: true, force: true })
  console.log(await scaffoldWorkspace('/tmp/sc', { name: 'Lake "side"', shippedFolder: process.cwd() }))
  const t = performance.now()
  const r = await loadWorkspace('/tmp/sc/jobs', { shippedFolder: process.cwd(), knownQueues: defaultQueues })
  console.log(performance.now() - t, formatProblems(r.problems), r.workspace?.contracts.size)
})
test('again', async () => {
  for (let i = 0; i < 5; i++) { const t = performance.now()
  await loadWorkspace('/tmp/sc/jobs', { shippedFolder: process.cwd(), knownQueues: defaultQueues })
  console.log(performance.now() - t) }
})
