export { addWord, type WordText } from './add-word.ts'
export { tryForm, wordForm } from './forms.ts'
export { allWords, heldWords, type ListedWord, removeWord } from './queries.ts'
export { type ShownWords, shownWords } from './shown-words.ts'
