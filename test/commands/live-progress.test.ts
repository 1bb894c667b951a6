import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { liveProgress } from '../../src/commands/render/live-progress.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** What stands in the last line of a terminal after each write. */
function watched(columns = 80) {
  const lines: string[] = []
  const stream = {
    columns,
    write: (text: string) => {
      lines.push(text.replace('\r\x1b[2K', ''))
      return true
    },
  }
  return { lines, progress: liveProgress(stream as unknown as NodeJS.WriteStream) }
}

it('a step says how far it is and how fast, and after two seconds how long it will still take', () => {
  const { lines, progress } = watched()
  progress.begin('read')
  vi.advanceTimersByTime(1000)
  progress.advance(50, 400, 'files')
  expect(lines.at(-1)).toBe('  ○ Read X12             50 of 400 files, 50/s')
  vi.advanceTimersByTime(1000)
  progress.advance(100, 400, 'files')
  expect(lines.at(-1)).toBe('  ○ Read X12             100 of 400 files, 50/s, 6 s left')
  vi.advanceTimersByTime(98_000)
  progress.advance(200, 400, 'files')
  expect(lines.at(-1)).toBe('  ○ Read X12             200 of 400 files, 2/s, 2 min left')
  progress.end('read', '400 documents')
  expect(lines.at(-2)).toBe('  ● Read X12             400 documents (100.0 s)')
})

it('a step that breaks off keeps its line, so that the error stands on the next one', () => {
  const { lines, progress } = watched()
  progress.begin('load')
  vi.advanceTimersByTime(200)
  progress.fail('load')
  expect(lines.slice(-2)).toEqual(['  ✗ Plan the load        broke off (0.2 s)', '\n'])
})

it('of what nobody knows the end of, no time is guessed; a narrow terminal gets what fits', () => {
  const { lines, progress } = watched(30)
  progress.begin('pull')
  vi.advanceTimersByTime(10_000)
  progress.advance(30, undefined, 'files')
  expect(lines.at(-1)).toBe('  ○ Take in drops        30 f')
})
