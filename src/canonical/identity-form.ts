/**
 * A social security number with hyphens, as a pattern that JavaScript and RE2 (DuckDB) read alike: not one that is never given out
 * (area 000, 666 and 9xx; group 00; serial 0000), and not a part of a longer number. SSA, POMS RM 10201.
 */
export const socialSecurityNumber =
  '(?:^|[^0-9A-Za-z_-])' +
  '(?:00[1-9]|0[1-9][0-9]|[1-578][0-9]{2}|6(?:[0-57-9][0-9]|6[0-57-9]))' +
  '-(?:0[1-9]|[1-9][0-9])' +
  '-(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})' +
  '(?:$|[^0-9A-Za-z_-])'
