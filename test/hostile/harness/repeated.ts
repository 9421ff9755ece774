const size = 100_000

/** Characters of which a run stands for its kind, and the few beginnings of what our expressions look for. */
const few: readonly string[] = [
  ...['\u0001', '\t', '\n', ' ', '!', '"', '&', '(', '*', '+', ',', '-', '.', '/', '0', ':', '<', '=', '>', '@'],
  ...['A', '[', '\\', '_', '`', 'a', '|', '~', '\u00a0', '\u0301', 'ß', 'İ', 'ﷺ', '😀', '\ud800'],
  ...[
    '](',
    '![',
    '> ',
    '- ',
    '1. ',
    '\r\n',
    ' \n',
    '**',
    '&#',
    '<a ',
    '@a',
    'a@',
    'a.',
    'www.',
    'http://',
    '%41',
    '1.',
  ],
]

const more: readonly string[] = [
  ...[...Array(127).keys()].slice(1).map(code => String.fromCharCode(code)),
  ...['\u00ad', '\u200b', '\u202e', '\u3000', 'é', '漢', '\ufeff', '\ufffd', '\u2028', 'e\u0301', '👩‍', '[[', '](x "'],
  ...['[a](', '>a\n', '- a\n', '    ', '\n\n', 'a\n', '| ', '|-', '||', '`a', '``` ', '~~~\n', '*a', '_a_', '***a'],
  ...[
    '~~',
    '++',
    '&amp;',
    '<a',
    '</',
    '<!--',
    '<b>',
    '<![CDATA[',
    '"a',
    'a="',
    '\\\\',
    '\\[',
    '@[',
    '@[@a](/profile/1',
  ],
  ...['https://a', 'a@a.', '://', '[b]', '[/b]', '[url=', '[quote="', '[*]', '[code]', '=?', '%', '0:', '::', '-a'],
  ...[',1', '/post/1', 'a b', 'aA', '"=', '/../', ';a=', 'x=1&'],
]

/** A hundred thousand characters of one kind each, with something else behind that no expression tied to the end takes. */
export function* repeatedTexts(all = process.env.STOA_LONG === '1'): Generator<string> {
  for (const piece of new Set(all ? [...few, ...more] : few)) {
    const run = piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
    yield `${run}\u0002`
    if (all) yield run
  }
}
