export { type KeptText, saveDraft } from './keep-draft.ts'
export { draftsRouter } from './routes/drafts.ts'
export { draftsMenu } from './routes/menu.ts'
export { draftSlots } from './writing-slots.ts'
