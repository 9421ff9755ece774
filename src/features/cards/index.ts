export { type CardsWanted, cardsFor, type LinkCard } from './cards-for.ts'
export { type Errand, errandFor, goOutBy, pauseBeforeVisit } from './going-out.ts'
export { cardsJobs, cardsSchedule } from './jobs.ts'
export { fetchCardJob, type LinksOfPost, noteLinks } from './note-links.ts'
