import type { YAMLError } from 'yaml'

interface Said {
  readonly message: string
  readonly expected: string
}

/**
 * YAML's own complaints in words of ours: the parser's may quote the text they stumble over, and that text may be a secret.
 * Duplicate keys and tags do not keep the rest of the file from being checked.
 */
const said: Partial<Record<YAMLError['code'], Said>> = {
  DUPLICATE_KEY: { message: 'the same key twice in one map', expected: 'each key once' },
  TAG_RESOLVE_FAILED: { message: 'an unknown tag', expected: 'plain values without !tags' },
  TAB_AS_INDENT: { message: 'a tab as indentation', expected: 'spaces' },
  BAD_INDENT: {
    message: 'wrong indentation, or a bracket that is not closed',
    expected: 'lines of one map to start in one column',
  },
  MISSING_CHAR: { message: 'a missing colon, quote or bracket', expected: 'key: value' },
  BLOCK_AS_IMPLICIT_KEY: { message: 'a second ": " in one line', expected: 'quotes around text that holds ": "' },
  BLOCK_IN_FLOW: { message: 'a block inside [ ] or { }', expected: 'either brackets or indentation' },
  BAD_DQ_ESCAPE: {
    message: 'an unknown \\ escape in double quotes',
    expected: 'single quotes around text with backslashes',
  },
  BAD_SCALAR_START: { message: 'text that starts with a reserved character', expected: 'quotes around the text' },
  MULTILINE_IMPLICIT_KEY: { message: 'a key over several lines', expected: 'key: value' },
  UNEXPECTED_TOKEN: {
    message: 'something that does not belong here',
    expected: 'key: value, or - for the entry of a list',
  },
}

export function sayYamlMistake({ code, pos }: YAMLError, text: string): Said {
  const words = said[code] ?? { message: `not YAML (${code})`, expected: 'YAML 1.2' }
  if (code !== 'DUPLICATE_KEY') return words
  const key = /^("[^"\n]*"|'[^'\n]*'|[^\s:]+)/.exec(text.slice(pos[0]))
  return { ...words, message: `the key ${key?.[0] ?? ''} twice in one map` }
}

export const leavesRestReadable = ({ code }: YAMLError): boolean =>
  code === 'DUPLICATE_KEY' || code === 'TAG_RESOLVE_FAILED'
