import fc from 'fast-check'

/** Pieces of text that mean something somewhere in Markdown, BBCode or HTML, between some that mean nothing. */
const pieces = [
  ...'*_~+|`[]()<>!@#-=.:\\&"\'/1aZ',
  ...[
    '**',
    '__',
    '***',
    '~~',
    '~~~',
    '++',
    '+++',
    '||',
    '|||',
    '``',
    '```',
    '](',
    '![',
    '@[',
    '[](',
    '---',
    '===',
    '<!--',
  ],
  ...['- ', '+ ', '* ', '> ', '# ', '### ', '1. ', '1) ', '12) ', '- [ ] ', '[x] ', '| a |', '|---|', ':--', '--:'],
  ...['[b]', '[/b]', '[i]', '[/i]', '[u]', '[/u]', '[s]', '[/s]', '[spoiler]', '[/spoiler]', '[quote]', '[quote=Ann]'],
  ...['[/quote]', '[code]', '[/code]', '[list]', '[*]', '[/list]', '[url]', '[/url]', '[url=/x]', '[img]', '[/img]'],
  ...[
    'https://a.bc/d_e_f*g',
    'http://x',
    'https://',
    'www.a.bc/d',
    '<https://a.bc>',
    'a@b.cd',
    'https://a@b.cd/_x_',
    '://',
  ],
  ...[
    '@[A b](/profile/7)',
    '[A wrote:](/post/5)',
    'A wrote:',
    '/post/5',
    '&amp;',
    '&#42;',
    '&lt;',
    '<b>',
    '</p>',
    '\\*',
  ],
  ...[
    'word',
    'C++',
    'a||b',
    'snake_case',
    '5 * 3',
    '“so”',
    '\u00a0',
    '\u3000',
    '\u200b',
    '\u2014',
    'é',
    '中',
    '😀',
    '🇩🇪',
    '\u202e',
    '\u202c',
    '\u2067',
    '\u2069',
    'e\u0301\u0302\u0303\u0304',
    '\u0305\u0306',
    '\u200d\u200b',
    '\u{E0041}',
    '🏴\u{E0067}\u{E0062}\u{E007F}',
    '\u034f\ufe0f',
  ],
  ...[' ', ' ', ' ', '  ', '\t'],
]

const word = fc.constantFrom(...pieces)
export const text = fc.array(word, { minLength: 1, maxLength: 8 }).map(parts => parts.join(''))

const lineEnds = fc.constantFrom(
  '\n',
  '\n',
  '\n\n',
  '\n\n',
  '\n    ',
  '\n> ',
  '\n>\n> ',
  '\n- ',
  '\n  - ',
  '\n1. ',
  '\n```\n',
  '\n||\n',
)

/** Markdown as nobody would type it on purpose. */
export const markdown = fc
  .array(fc.tuple(fc.oneof(text, word), fc.oneof(lineEnds, fc.constant(''))), { minLength: 1, maxLength: 12 })
  .map(parts => parts.flat().join(''))

const escaped = text.map(part => part.replace(/&/g, '&amp;').replace(/</g, '&lt;'))
const addresses = fc.constantFrom(
  ...[
    'https://a.bc',
    'https://a.bc/d_(e)',
    'https://a.bc/?x=&amp;copy;&amp;y[b]=1|2',
    '/post/5',
    '/topic/1-x/',
    'https://home.example/post/5',
  ],
  ...['/attachment/5/sea.jpg', 'https://home.example/attachment/6/a%20b.pdf', '/attachment/x/'],
  ...['mailto:a@b.cd', 'javascript:alert(1)', '//evil.example', 'https://a.bc/#*_`'],
)

type Html = { inline: string; block: string }

/** Every element that the document knows, in any place, and some that it does not. */
export const html = fc.letrec<Html>(tie => {
  const inlines = fc.array(tie('inline'), { minLength: 1, maxLength: 4 }).map(parts => parts.join(''))
  const blocks = fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map(parts => parts.join(''))
  const wrap = (tags: string[], content: fc.Arbitrary<string>) =>
    fc.tuple(fc.constantFrom(...tags), content).map(([tag, inside]) => `<${tag}>${inside}</${tag.split(' ')[0]}>`)
  const list = fc
    .array(fc.oneof(inlines, blocks, tie('inline')), { minLength: 1, maxLength: 3 })
    .map(items => items.map(item => `<li>${item}</li>`).join(''))
  const row = fc
    .array(inlines, { minLength: 1, maxLength: 3 })
    .map(cells => `<tr>${cells.map(cell => `<td class="align-right">${cell}</td>`).join('')}</tr>`)
  return {
    inline: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      escaped,
      fc.constant('<br>'),
      wrap(['b', 'em', 'u', 's', 'span class="spoiler"', 'span', 'code', 'strong', 'i'], inlines),
      wrap(['b', 'em', 'u', 's', 'span class="spoiler"'], escaped),
      wrap(['code'], escaped),
      fc.tuple(addresses, inlines).map(([href, inside]) => `<a href="${href}">${inside}</a>`),
      addresses.map(href => `<a class="embed" href="${href}">${href}</a>`),
      addresses.map(href => `<a href="${href}">${href}</a>`),
      fc.tuple(addresses, escaped).map(([src, alt]) => `<img src="${src}" alt="${alt.replace(/"/g, '&quot;')}">`),
      escaped.map(name => `<a class="mention" href="/profile/7">@${name}</a>`),
      fc.constant('<input type="checkbox" checked>'),
    ),
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      wrap(['p', 'div', 'h2', 'h4'], inlines),
      wrap(['blockquote', 'details', 'div', 'blockquote', 'b'], blocks),
      blocks.map(inside => `<blockquote><p><a href="/post/5">Ann wrote:</a></p>${inside}</blockquote>`),
      wrap(['ul', 'ol', 'ol start="7"'], list),
      wrap(
        ['table'],
        fc.array(row, { minLength: 1, maxLength: 3 }).map(rows => rows.join('')),
      ),
      escaped.map(code => `<pre><code class="language-js">${code}\n  ${code}\n\n${code}</code></pre>`),
      fc.constant('<hr>'),
      inlines,
    ),
  }
}).block
