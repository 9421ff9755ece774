export { renderAgain } from './again.ts'
export { changesBetween, changesOfLine } from './changes.ts'
export type { Change } from './compare.ts'
export { compose } from './compose.ts'
export { convert } from './convert.ts'
export { type Frame, frameHosts, frameOf } from './embeds/frames.ts'
export { type OwnPlace, placeOf } from './embeds/own-place.ts'
export { type Piece, piecesOf } from './embeds/pieces.ts'
export { linksIn } from './links/links-in.ts'
export { mentionsLink } from './links/mentions-link.ts'
export { attachmentsShownBy } from './model/opened.ts'
export { attachmentsIn, type OwnPicture, type Pictures, remotePicturesIn, withPictureKept } from './model/pictures.ts'
export type { Names } from './model/read-inline.ts'
export { attachmentsWanted, namesWanted } from './names-wanted.ts'
export { CONTENT_VERSION, type Composed, type ComposeOptions, type Draft } from './pipeline.ts'
export type { Quotable } from './quoting.ts'
export { quotePart, quotesOf, toMarkdown } from './read-back.ts'
export type { Again } from './rendering.ts'
export {
  quotesIn,
  type Renamed,
  textOf,
  withNameChanged,
  withoutQuotesOf,
} from './stored.ts'
export { cleanLine, isVisible } from './text/clean.ts'
export { countEmoji } from './text/emoji.ts'
export { excerpt } from './text/excerpt.ts'
export { finderOf, type WordFinder } from './text/find-words.ts'
export { foldText } from './text/fold.ts'
export { showLine, showWords } from './text/show-words.ts'
export { readSigns } from './text/signs.ts'
