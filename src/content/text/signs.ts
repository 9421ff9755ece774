const read: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&amp;': '&',
}
const written: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A piece of text or an attribute of stored HTML as it is read: there are no other entities in it. */
export function readSigns(html: string): string {
  return html.replace(/&(?:lt|gt|quot|#39|#x27|amp);/g, entity => read[entity] ?? entity)
}

/** The same the other way round: as it stands in stored HTML. */
export function writeSigns(text: string): string {
  return text.replace(/[&<>"]/g, sign => written[sign] ?? sign)
}
