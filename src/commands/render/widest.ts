/** Characters of the longest of some texts, and no fewer than `least`. There may be more rows than a call takes values. */
export const widest = (texts: readonly string[], least = 0): number =>
  texts.reduce((most, text) => Math.max(most, text.length), least)
