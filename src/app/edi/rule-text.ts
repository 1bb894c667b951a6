import { loadDictionary } from '../../formats/x12/code-meanings/index.js'

/** Which code list a code of a finding is from: AK403 and so on name the element of the acknowledgment that says it. */
const lists: Readonly<Record<string, string>> = {
  TA105: 'I18',
  AK905: '716',
  AK502: '718',
  AK304: '720',
  AK403: '723',
  IK304: '620',
  IK403: '621',
  IK502: '618',
}

/** What a finding's standard code means: AK403:7 is "Invalid code". */
export async function loadRuleText(): Promise<(standardCode: string) => string> {
  const dictionary = await loadDictionary()
  return (standardCode) => {
    const [place = '', code = ''] = standardCode.split(':')
    return dictionary.meaningOf(lists[place] ?? '', code) ?? standardCode
  }
}
