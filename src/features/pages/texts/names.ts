/** Pages that hold a text, in the order of the footer. */
export const textNames = ['guidelines', 'terms', 'privacy'] as const
export type TextName = (typeof textNames)[number]

/** These, and the page by which people write to the administrators. */
export const pageNames = [...textNames, 'contact'] as const
export type PageName = (typeof pageNames)[number]

export function isTextName(value: unknown): value is TextName {
  return textNames.some(name => name === value)
}

export function isPageName(value: unknown): value is PageName {
  return pageNames.some(name => name === value)
}
