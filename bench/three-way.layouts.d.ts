export function csvSource(
  folder: string,
  name: string,
  dateFormat: string,
  types: Readonly<Record<string, string>>,
): string
