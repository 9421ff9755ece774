export { loadCatalog } from './catalog.ts'
export { directionOf, isLocale, localeFor } from './locale-for.ts'
export { isTimeZone, type Times, times } from './times.ts'
export { defaultLocale, locales, pseudoLocale, type T, translator } from './translator.ts'
