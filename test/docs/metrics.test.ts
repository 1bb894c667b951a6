import { expect, it } from 'vitest'
import { metricDefinitions } from '../../src/outputs/metrics/index.js'
import { expectPage, metricsPage, readPage } from './pages.js'

it('docs/metrics.md is what the definitions say, and its alerts are about measures that there are', () => {
  expectPage('metrics.md', metricsPage())
  const named = [...readPage('metrics.md').matchAll(/\bmatchbook_[a-z_]+/g)].map(([name]) => name)
  expect(named.filter((name) => !(name in metricDefinitions))).toEqual([])
})
