import sanitizeHtml from 'sanitize-html'

// What holds something other than the text of a post: it goes with all that is in it.
const withContent = (
  'script style title xml template noscript iframe object embed applet svg math audio video canvas map select ' +
  'datalist option textarea xmp plaintext noembed noframes frameset'
).split(' ')

const blocks = (
  'p div section article main header footer aside nav address figure figcaption center form fieldset dl dt dd h1 h2 h3 ' +
  'h4 h5 h6 blockquote pre ul ol li table caption thead tbody tfoot tr th td details summary hr'
).split(' ')

const inlines = 'br a img b strong i em u ins s del strike code kbd samp tt span label input time'.split(' ')

const options: sanitizeHtml.IOptions = {
  allowedTags: [...blocks, ...inlines],
  nonTextTags: withContent,
  allowedAttributes: {
    a: ['href'],
    img: ['src', 'alt'],
    ol: ['start'],
    li: ['data-checked'],
    input: [{ name: 'type', values: ['checkbox'] }, 'checked'],
  },
  allowedClasses: {
    a: ['embed', 'mention'],
    span: ['spoiler'],
    code: ['language-*'],
    th: ['align-center', 'align-right'],
    td: ['align-center', 'align-right'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
}

/** HTML with nothing left in it that could act: the tags and attributes that the document is read from, no others. */
export function sanitise(html: string): string {
  return sanitizeHtml(html, options)
}
