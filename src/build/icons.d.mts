export const drawings: Readonly<Record<string, string>>
export const icons: readonly string[]
