import unhomoglyph from 'unhomoglyph'

/**
 * The key under which names count as the same: compatibility forms folded (NFKC), characters that look alike made one
 * (the skeleton of Unicode UTS 39), case folded, everything that shows nothing removed, and spaces and the marks people
 * put between words left out.
 */
export function nameKey(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase()
  return unhomoglyph(folded)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\s_.\-·']/gu, '')
}

/** The key under which addresses count as the same. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase()
}
