/** The most that a style sheet of the forum's own may have, in characters. */
export const largestStyleSheet = 50_000

/** What leads a browser elsewhere, whatever stands around it. */
const elsewhere = /@import|image-set\s*\(|(?:src|url)\s*\((?!\s*(?:["']\s*)?(?:data:image\/|\/(?!\/)|#))/i

/** Is this a style sheet that stays on this site? Comments and escapes, which could hide an address, are looked through. */
export function isStyleSheet(css: string): boolean {
  if (css.includes('\0') || /<\/?(?:style|script)/i.test(css)) return false
  const bare = css.replaceAll(/\/\*[\s\S]*?(?:\*\/|$)/g, '')
  const read = bare.replaceAll(/\\([0-9a-f]{1,6})\s?|\\([\s\S])/gi, (_all, code: string | undefined, other: string) =>
    code === undefined ? other : readCode(Number.parseInt(code, 16)),
  )
  return ![css, bare, read].some(text => elsewhere.test(text)) && bracketsClose(bare)
}

function readCode(code: number): string {
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : ''
}

/** A brace left open would swallow whatever follows; one too many ends what it should not. */
function bracketsClose(css: string): boolean {
  let open = 0
  for (const [sign] of css.replaceAll(/"[^"\n]*"|'[^'\n]*'/g, '').matchAll(/[{}]/g)) {
    open += sign === '{' ? 1 : -1
    if (open < 0) return false
  }
  return open === 0
}
