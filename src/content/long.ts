/** From here on a text takes long enough to keep others waiting. */
export const longText = 8 * 1024

export function isLong(text: string): boolean {
  return text.length >= longText
}
