const levels = 100_000
const megabyte = 1_000_000

/** So many of them beside each other, or inside each other where they have no end. */
export function giantTexts(
  all = process.env.STOA_LONG === '1',
): readonly (readonly [what: string, format: 'html' | 'markdown', body: string])[] {
  const nested = ['<b>', '<div>', '<blockquote>', '<ul><li>', '<table><tr><td>', '<details>', '<a href=/x>', '<svg>']
  const typed = ['>', '> ', '[', '![', '*', '*a ', '- ', '1. ', '[quote]', '[b]', '||', '++', '~~', '`', '@[', '<']
  const some = (_: string, n: number) => all || n % 4 === 0
  return [
    ...nested.filter(some).map(tag => [`${tag} without end`, 'html', tag.repeat(levels)] as const),
    ['closed levels', 'html', `${'<b><i>'.repeat(levels / 2)}x${'</i></b>'.repeat(levels / 2)}`],
    ['attributes', 'html', `<p ${'a=b '.repeat(megabyte / 4)}>x</p>`],
    ['names of attributes', 'html', `<p ${Array.from({ length: megabyte / 10 }, (_, n) => `a${n}`).join(' ')}>x</p>`],
    ['one long attribute', 'html', `<a href="${'x'.repeat(megabyte)}">x</a>`],
    ['an open attribute', 'html', `<a href="${'<b '.repeat(megabyte / 3)}`],
    ['entities', 'html', '&amp;'.repeat(megabyte / 5)],
    ['comments', 'html', '<!--'.repeat(megabyte / 4)],
    ['text', 'html', `<p>${'word '.repeat(megabyte / 5)}</p>`],
    ['text', 'markdown', 'word '.repeat(megabyte / 5)],
    ['one word', 'markdown', 'x'.repeat(megabyte)],
    ['marks', 'markdown', `a${'\u0301'.repeat(megabyte)}`],
    ['turns', 'markdown', '\u202e\u2067'.repeat(megabyte / 2)],
    ...typed.filter(some).map(sign => [`${sign} without end`, 'markdown', sign.repeat(levels)] as const),
  ]
}
