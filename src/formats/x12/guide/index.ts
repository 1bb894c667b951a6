export { applyPartnerGuide, partnerGuideMistakes } from './apply-partner-guide.js'
export { describeGuide, type GuideLine } from './describe-guide.js'
export type { Condition, ElementGuide, Entry, Guide, Loop, SegmentGuide } from './guide.js'
export { guideInPlace, guidesHeld, loadGuide } from './load-guide.js'
