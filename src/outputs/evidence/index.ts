export type { Deed, EvidenceList, EvidencePack, Lack, PackedFile, SettingInForce } from './evidence-pack.js'
export { packTexts } from './pack-texts.js'
