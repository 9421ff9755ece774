/** Parts of the path after these are secrets: whoever reads them can use them. */
const secretAfter = /^(\/(?:claim|setup|reset|verify|email-change|email-back|unsubscribe\/[a-z-]+)\/)[^/]+/i
const secretNames = /token|secret|code|key|password|return|back/i
/** Numbers, words and slugs; secrets are longer. */
const harmless = /^[\w.-]{0,24}$/

/** An address as it may stand in a log. */
export function maskedPath(url: string): string {
  const [path = '', query] = splitOnce(url, '?')
  const masked = path.replace(secretAfter, '$1***')
  if (query === undefined) return masked
  return `${masked}?${query.split('&').map(maskedParameter).join('&')}`
}

function maskedParameter(parameter: string): string {
  const [name = '', value = ''] = splitOnce(parameter, '=')
  if (!harmless.test(name)) return '***'
  return harmless.test(value) && !secretNames.test(name) ? parameter : `${name}=***`
}

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
