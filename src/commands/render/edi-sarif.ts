import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { LintFinding } from '../../app/edi/lint-finding.js'

export type FiledFinding = LintFinding & { readonly file: string }

/** Findings as SARIF 2.1.0, which code hosts and editors show at the place. `ruleText`: what a standard code means. */
export function sarifLog(
  findings: readonly FiledFinding[],
  version: string,
  ruleText: (standardCode: string) => string,
): object {
  const rules = [...new Set(findings.map(({ standardCode }) => standardCode))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'matchbook',
            semanticVersion: version,
            rules: rules.map((id) => ({ id, shortDescription: { text: ruleText(id) } })),
          },
        },
        columnKind: 'unicodeCodePoints',
        results: findings.map((finding) => result(finding, rules.indexOf(finding.standardCode))),
      },
    ],
  }
}

function result(finding: FiledFinding, ruleIndex: number): object {
  const { file, level, standardCode, message, line, byteOffset, byteLength, text, expected, value, code, set } = finding
  const place = placeName(finding)
  return {
    ruleId: standardCode,
    ruleIndex,
    level,
    message: { text: expected === undefined ? message : `${message}; right would be: ${expected}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, byteOffset, byteLength, snippet: { text } },
        },
        ...(place === '' ? {} : { logicalLocations: [{ fullyQualifiedName: place, kind: 'element' }] }),
      },
    ],
    properties: { code, ...(value === undefined ? {} : { value }), ...(set === undefined ? {} : { set }) },
  }
}

/** 850/0001/BEG05. */
function placeName({ set, segment, element }: LintFinding): string {
  const position = element === undefined ? '' : String(element).padStart(2, '0')
  return [set?.id, set?.control, segment === undefined ? undefined : `${segment}${position}`]
    .filter((part) => part !== undefined)
    .join('/')
}

/** A relative reference where the file is one, so that it holds on another machine. */
function uriOf(file: string): string {
  if (file === '-') return 'stdin'
  if (path.isAbsolute(file)) return pathToFileURL(file).href
  return file.split(path.sep).map(encodeURIComponent).join('/')
}
