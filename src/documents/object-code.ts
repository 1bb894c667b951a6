/**
 * A function that makes an object out of its parameters as one literal: `fields` are keys, each with the code of its value. The engine
 * then knows the object beforehand, and makes it in a fifth of the time that it takes to store field by field under keys it has to
 * look up. A document is mostly such objects. The code must come from our own tables; nothing that a file says may get into it.
 */
export const objectMaker = <Make>(
  parameters: readonly string[],
  fields: readonly (readonly [string, string])[],
): Make =>
  new Function(...parameters, `return { ${fields.map(([key, code]) => `${key}: ${code}`).join(', ')} }`) as Make
