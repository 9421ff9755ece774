const entity = /&(?:lt|gt|quot|#39|amp);/g
const signs: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

/** A piece of text of stored HTML as it is read: there are no other entities in stored HTML. */
export function readSigns(text: string): string {
  return text.replace(entity, sign => signs[sign] ?? sign)
}
