import { ediChecker } from './edi-checker.js'
import { withEdiFile } from './edi-file.js'
import { lintFile } from './lint-file.js'
import type { LintFinding, LintResult } from './lint-finding.js'

/** Checks file after file and tells each finding as it is found; with a workspace, against the guides of its partners too. */
export async function lintFiles(
  files: readonly string[],
  workspace: string | undefined,
  tell: (finding: LintFinding, file: string) => void,
): Promise<LintResult[]> {
  const check = await ediChecker(workspace)
  const results: LintResult[] = []
  for (const name of files) {
    results.push(await withEdiFile(name, (file) => lintFile(file, check, (finding) => tell(finding, name))))
  }
  return results
}
