import { Code } from '@tiptap/extension-code'
import { CodeBlock as Block } from '@tiptap/extension-code-block'

/** Code may stand in a link or in bold text. */
export const InlineCode = Code.extend({ excludes: 'code' })

export const CodeBlock = Block.extend({ marks: '' }).configure({ exitOnTripleEnter: true, defaultLanguage: null })

/** What the list of languages offers, by the names that people write behind the backticks. */
export const languages: readonly (readonly [string, string])[] = [
  ['bash', 'Bash'],
  ['c', 'C'],
  ['cpp', 'C++'],
  ['csharp', 'C#'],
  ['css', 'CSS'],
  ['diff', 'Diff'],
  ['go', 'Go'],
  ['html', 'HTML'],
  ['ini', 'INI'],
  ['java', 'Java'],
  ['js', 'JavaScript'],
  ['json', 'JSON'],
  ['kotlin', 'Kotlin'],
  ['lua', 'Lua'],
  ['markdown', 'Markdown'],
  ['php', 'PHP'],
  ['python', 'Python'],
  ['ruby', 'Ruby'],
  ['rust', 'Rust'],
  ['sql', 'SQL'],
  ['swift', 'Swift'],
  ['ts', 'TypeScript'],
  ['xml', 'XML'],
  ['yaml', 'YAML'],
]
