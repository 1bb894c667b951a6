import { kindsIn } from './character-kinds.js'
import { codeNumber } from './code-text.js'

// What is noted of an element, as one number (as separators.assembly.ts has it): the kinds of its characters (character-kinds.ts), and its
// number where it is a short code (code-text.ts).
export const KINDS = 0xff
export const NUMBER_SHIFT = 16

/** Of a piece of a text, whatever the delimiters. */
export const marksIn = (text: string, from: number, to: number): number =>
  kindsIn(text, from, to) | (codeNumber(text, from, to) << NUMBER_SHIFT)
