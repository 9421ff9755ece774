import bowser from 'bowser'

/** Such as "Firefox, Linux": enough for its owner to know it again; null for what says nothing of itself. */
export function deviceOf(userAgent: string | undefined): string | null {
  if (!userAgent) return null
  const { browser, os } = bowser.parse(userAgent.slice(0, 500))
  return [browser.name, os.name].filter(isPlain).join(', ') || null
}

/** Browsers say of themselves what they like. */
function isPlain(name: string | undefined): name is string {
  return name !== undefined && /^[\w .+-]{1,30}$/.test(name)
}
