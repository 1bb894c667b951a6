import { hasShortDates, standardVersion } from '../standard-version.js'
import { compileGuide, type Version } from './compile-guide.js'
import type { Guide } from './guide.js'
import type { SetData } from './guide-data.js'
import { before004010Files, guideFiles, segmentIdsFile } from './guide-files.js'
import { SegmentDictionary } from './segment-dictionary.js'

type GuideVersion = keyof typeof guideFiles

const guides = new Map<string, Promise<Guide | undefined>>()
const dictionaries = new Map<string, Promise<SegmentDictionary>>()

/**
 * The guide of a transaction set (ST01) in a version (GS08), read when it is first asked for and kept. Versions of an industry are
 * those of the standard: 004010VICS is 004010, 005010X231A1 is 005010. For other versions the nearest guide stands in and is
 * lenient; where GS08 names no version at all, that of 004010. Undefined where no guide is held for the set.
 */
export async function loadGuide(requestedVersion: string, set: string): Promise<Guide | undefined> {
  const version = guideVersion(requestedVersion, set)
  const key = `${version.version} ${version.lenient} ${version.older} ${version.before003030} ${set}`
  const known = guides.get(key) ?? readGuide(version, set)
  guides.set(key, known)
  const guide = await known
  return guide === undefined || guide.requestedVersion === requestedVersion ? guide : { ...guide, requestedVersion }
}

/** The version whose guide a transaction set (ST01) of a version (GS08) is held against. Undefined where none is held for the set. */
export function guideInPlace(
  requestedVersion: string,
  set: string,
): { readonly version: string; readonly lenient: boolean } | undefined {
  const { version, lenient } = guideVersion(requestedVersion, set)
  return Object.hasOwn(guideFiles[version].sets, set) ? { version, lenient } : undefined
}

/** Sets and versions for which a guide is held. */
export function guidesHeld(): readonly { readonly version: string; readonly set: string }[] {
  return Object.entries(guideFiles).flatMap(([version, { sets }]) => Object.keys(sets).map((set) => ({ version, set })))
}

interface GuideInPlace extends Version {
  readonly version: GuideVersion
  /** The version asked for is one before 004010. */
  readonly older: boolean
}

async function readGuide(version: GuideInPlace, set: string): Promise<Guide | undefined> {
  const sets: Readonly<Record<string, () => Promise<{ readonly default: SetData }>>> = guideFiles[version.version].sets
  const load = Object.hasOwn(sets, set) ? sets[set] : undefined
  if (load === undefined) return undefined
  const [dictionary, data] = await Promise.all([dictionaryOf(version), load()])
  return compileGuide(data.default, dictionary, version)
}

/** From 004050 on a version is nearer to 005010 than to 004010. An implementation acknowledgment (999) there is in 005010 only. */
function guideVersion(requestedVersion: string, set: string): GuideInPlace {
  const standard = standardVersion(requestedVersion) ?? ''
  const version = standard >= '004050' || set === '999' ? '005010' : '004010'
  const older = hasShortDates(requestedVersion)
  return { version, requestedVersion, lenient: standard !== version, older, before003030: older && standard < '003030' }
}

function dictionaryOf(version: GuideInPlace): Promise<SegmentDictionary> {
  const key = `${version.version} ${version.lenient} ${version.older}`
  const known = dictionaries.get(key)
  if (known !== undefined) return known
  const dictionary = readDictionary(version)
  dictionaries.set(key, dictionary)
  return dictionary
}

/** What 005010 does not say is as in 004010; codes it does not list are not checked. */
async function readDictionary({ version, lenient, older }: GuideInPlace): Promise<SegmentDictionary> {
  const base = guideFiles['004010']
  const own = guideFiles[version]
  const before = older ? before004010Files : own
  const [segments, elements, codes, segmentIds] = await Promise.all([
    Promise.all([base, own, before].map(({ segments }) => segments())),
    Promise.all([base, own, before].map(({ elements }) => elements())),
    own.codes(),
    segmentIdsFile(),
  ])
  const data = {
    segments: laidOver(segments.map((file) => file.default)),
    elements: laidOver(elements.map((file) => file.default)),
    codes: codes.default,
    segmentIds: segmentIds.default.ids,
  }
  return new SegmentDictionary(data, lenient)
}

/** What a later one says goes before what an earlier one says. */
const laidOver = <Value>(files: readonly Readonly<Record<string, Value>>[]): Readonly<Record<string, Value>> =>
  Object.assign({}, ...new Set(files))
