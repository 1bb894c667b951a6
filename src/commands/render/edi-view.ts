import { ux } from '@oclif/core'
import { escaped } from '../../app/edi/html-text.js'
import type { Sheet } from '../../app/edi/sheet.js'
import { findingText, type Viewed, type ViewedSet } from '../../app/edi/view-file.js'
import { pageEnd, pageStart, sheetHtml } from './edi-sheet-html.js'
import { sheetText } from './edi-sheet-text.js'
import { printable } from './printable.js'

/** Documents one after the other, as they come. */
export interface ViewWriter {
  readonly one: (viewed: Viewed) => void
  readonly end: () => void
}

export function viewWriter(form: 'text' | 'html', file: string, say: (text: string) => void): ViewWriter {
  return form === 'html' ? htmlWriter(file, say) : textWriter(say)
}

function textWriter(say: (text: string) => void): ViewWriter {
  const width = process.stdout.columns ?? 100
  let first = true
  return {
    one: (viewed) => {
      if (!first) say(`\n${ux.colorize('dim', '─'.repeat(Math.min(width, 100)))}\n`)
      first = false
      say(hasSheet(viewed) ? sheetText(viewed.sheet, width) : paintedFinding(viewed))
    },
    end: () => {
      if (first) say('There is nothing to show.')
    },
  }
}

function htmlWriter(file: string, say: (text: string) => void): ViewWriter {
  let started = false
  const start = (title: string): void => {
    if (!started) say(pageStart(title))
    started = true
  }
  return {
    one: (viewed) => {
      start(hasSheet(viewed) ? viewed.sheet.title : file)
      say(hasSheet(viewed) ? sheetHtml(viewed.sheet) : findingHtml(viewed))
    },
    end: () => {
      start(file)
      say(pageEnd)
    },
  }
}

const findingHtml = (viewed: Finding): string =>
  `<article><h1>Could not be used</h1><p class="bad">${escaped(findingText(viewed.finding))}</p></article>`

type Finding = Extract<Viewed, { kind: 'finding' }>
type Shown = Viewed & { readonly sheet: Sheet }
const hasSheet = (viewed: Viewed): viewed is Shown => viewed.sheet !== undefined
export type FindingJson = Finding['finding']

const paintedFinding = ({ finding }: Finding): string =>
  ux.colorize('redBright', `! ${printable(findingText(finding))}`)

/** A document in JSON: the canonical one, or the segments of a set that has none. */
export interface DocumentJson {
  /** Place among the sets of the file, from 1; a TA1 stands outside of them. */
  readonly number?: number
  /** ST01, or TA1. */
  readonly set: string
  /** The canonical document; null for a set that has none. */
  readonly document: NonNullable<ViewedSet['document']> | null
  /** Elements of each segment, its name first. */
  readonly segments?: readonly (readonly string[])[]
  readonly findings: ViewedSet['findings']
}

export function documentJson(viewed: Exclude<Viewed, Finding>): DocumentJson {
  if (viewed.kind === 'interchange-acknowledgment') {
    return { set: 'TA1', document: null, segments: [viewed.segment], findings: [] }
  }
  const { number, set, document, findings, segments } = viewed
  return { number, set, document: document ?? null, ...(document === undefined ? { segments } : {}), findings }
}
