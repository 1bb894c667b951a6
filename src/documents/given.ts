type Given<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>
}

/** The fields without those the source does not give: absent and undefined are then never two things. */
export function given<T extends object>(fields: T): Given<T> {
  const some: Partial<T> = {}
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] !== undefined) some[key] = fields[key]
  return some as unknown as Given<T>
}
