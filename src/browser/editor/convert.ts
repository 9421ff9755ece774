export type Format = 'markdown' | 'html'

/** The same text in the other format, as the forum converts it. Throws when that does not work. */
export async function convert(body: string, format: Format): Promise<string> {
  if (body.trim() === '') return ''
  if (format === 'markdown' && isBare(body)) return paragraphsOf(body)
  const answer = await fetch('/compose/convert', { method: 'post', body: new URLSearchParams({ body, format }) })
  if (!answer.ok) throw new Error(`not converted: ${answer.status}`)
  return (await answer.json()).body
}

/** Words and nothing that could mean more: what somebody types while the editor is on its way needs no asking. */
function isBare(text: string): boolean {
  return /^[\p{L}\p{M},' \n]*$/u.test(text)
}

function paragraphsOf(text: string): string {
  const paragraphs = text.split(/\n[ \n]*\n/).map(paragraph => paragraph.trim())
  return paragraphs.map(paragraph => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`).join('')
}
