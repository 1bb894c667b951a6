import fc from 'fast-check'

/**
 * Properties of one commit hold or fail for everybody alike, so that nobody's change is refused for what another's brought in. To look for
 * new cases set another seed: `MATCHBOOK_PROPERTY_SEED=$RANDOM npm test`.
 */
fc.configureGlobal({ seed: Number(process.env.MATCHBOOK_PROPERTY_SEED ?? 20_261_130) })

export default fc
export type * from 'fast-check'
