/** A language that code is highlighted in: what it is called on the page, and the grammars that read it, its own first. */
export type Language = { readonly label: string; readonly grammars: readonly string[] }

/** By the names that the editor offers (`languages` of its schema). */
export const languages: Readonly<Record<string, Language>> = {
  bash: { label: 'Bash', grammars: ['bash'] },
  c: { label: 'C', grammars: ['c'] },
  cpp: { label: 'C++', grammars: ['cpp'] },
  csharp: { label: 'C#', grammars: ['csharp'] },
  css: { label: 'CSS', grammars: ['css'] },
  diff: { label: 'Diff', grammars: ['diff'] },
  go: { label: 'Go', grammars: ['go'] },
  html: { label: 'HTML', grammars: ['xml', 'css', 'javascript'] },
  ini: { label: 'INI', grammars: ['ini'] },
  java: { label: 'Java', grammars: ['java'] },
  js: { label: 'JavaScript', grammars: ['javascript'] },
  json: { label: 'JSON', grammars: ['json'] },
  kotlin: { label: 'Kotlin', grammars: ['kotlin'] },
  lua: { label: 'Lua', grammars: ['lua'] },
  markdown: { label: 'Markdown', grammars: ['markdown'] },
  php: { label: 'PHP', grammars: ['php'] },
  python: { label: 'Python', grammars: ['python'] },
  ruby: { label: 'Ruby', grammars: ['ruby'] },
  rust: { label: 'Rust', grammars: ['rust'] },
  sql: { label: 'SQL', grammars: ['sql'] },
  swift: { label: 'Swift', grammars: ['swift'] },
  ts: { label: 'TypeScript', grammars: ['typescript'] },
  xml: { label: 'XML', grammars: ['xml'] },
  yaml: { label: 'YAML', grammars: ['yaml'] },
}

/** Other names that people write behind the backticks. */
const otherNames: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  golang: 'go',
  javascript: 'js',
  jsx: 'js',
  kt: 'kotlin',
  md: 'markdown',
  patch: 'diff',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  toml: 'ini',
  tsx: 'ts',
  typescript: 'ts',
  yml: 'yaml',
}

/** The language of that name; undefined when it has no colours here. */
export function languageOf(name: string): Language | undefined {
  const known = Object.hasOwn(otherNames, name) ? (otherNames[name] ?? name) : name
  return Object.hasOwn(languages, known) ? languages[known] : undefined
}
