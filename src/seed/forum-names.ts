/** A category, its forums, and the subforums of those. */
export type CategoryNames = {
  readonly category: string
  readonly forums: readonly { readonly name: string; readonly about: string; readonly below?: readonly string[] }[]
}

/** From so many posts on a community has divided its forums more than once. */
const grownUp = 20_000

/** The forums of a community that has written so many posts. */
export function forumNamesFor(posts: number): readonly CategoryNames[] {
  return posts < grownUp ? young : grown
}

const young: readonly CategoryNames[] = [
  {
    category: 'Growing',
    forums: [
      { name: 'Houseplants', about: 'Everything that lives on a windowsill', below: ['Succulents', 'Orchids'] },
      { name: 'Vegetables and herbs', about: 'Pots, beds, balconies, allotments' },
      { name: 'Trees and shrubs', about: 'For those who think in decades' },
      { name: 'What is this plant?', about: 'A picture, where and when, and somebody knows' },
    ],
  },
  {
    category: 'Trouble',
    forums: [
      { name: 'Pests and diseases', about: 'What is it, and what can be done' },
      { name: 'Weather and seasons', about: 'Frost, drought, and what to do this month' },
    ],
  },
  {
    category: 'The porch',
    forums: [
      { name: 'Swaps and offers', about: 'Cuttings, seeds, tools' },
      { name: 'Anything else', about: 'Talk that has nothing to do with plants' },
    ],
  },
]

const grown: readonly CategoryNames[] = [
  {
    category: 'Indoors',
    forums: [
      { name: 'Houseplants', about: 'Everything that lives on a windowsill', below: ['Ferns', 'Begonias'] },
      { name: 'Cacti and succulents', about: 'Little water, much light, and patience' },
      { name: 'Orchids', about: 'Repotting, reblooming, and the ones that sulk', below: ['Hardy orchids'] },
      { name: 'Bonsai', about: 'Wire, scissors, and the long view' },
      { name: 'Light, water and pots', about: 'Lamps, meters, substrates, and what is worth the money' },
    ],
  },
  {
    category: 'The kitchen garden',
    forums: [
      { name: 'Vegetables', about: 'Sowing, thinning, blight', below: ['Tomatoes and peppers', 'Beans and peas'] },
      { name: 'Herbs', about: 'On the sill, in the bed, in the pot on the stove' },
      { name: 'Fruit and berries', about: 'Pruning, grafting, netting against birds' },
      { name: 'Allotments', about: 'Plots, sheds, waiting lists and the neighbours' },
    ],
  },
  {
    category: 'Beds and borders',
    forums: [
      { name: 'Perennials and annuals', about: 'Colour from snowdrop to aster', below: ['Dahlias', 'Bulbs'] },
      { name: 'Roses', about: 'Old ones, new ones, and how hard to cut them' },
      { name: 'Trees and shrubs', about: 'For those who think in decades', below: ['Hedges'] },
      { name: 'Lawns and meadows', about: 'Stripes, moss, or no mowing at all' },
      { name: 'Ponds and water', about: 'Liners, lilies, frogs and algae' },
      { name: 'Balconies and small gardens', about: 'A great deal in very little room' },
    ],
  },
  {
    category: 'How to',
    forums: [
      { name: 'What is this plant?', about: 'A picture, where and when, and somebody knows' },
      { name: 'Seeds and cuttings', about: 'From the first leaf to the pot it stays in' },
      { name: 'Soil and compost', about: 'Heaps, worms, clay, and what the test said' },
      { name: 'Greenhouses and frames', about: 'Glass, heat and ventilation' },
      { name: 'Tools and building', about: 'Raised beds, sharpening, and repairs that held' },
    ],
  },
  {
    category: 'Trouble',
    forums: [
      { name: 'Pests', about: 'Who eats it, and who eats them', below: ['Slugs and snails'] },
      { name: 'Diseases and deficiencies', about: 'Spots, wilt and yellow leaves, with a picture please' },
      { name: 'Weather and seasons', about: 'Frost, drought, and what to do this month' },
      { name: 'Wildlife', about: 'Hedgehogs, bees, and deer that can jump' },
    ],
  },
  {
    category: 'The porch',
    forums: [
      { name: 'Swaps and offers', about: 'Cuttings, seeds, tools', below: ['Seed exchange'] },
      { name: 'Shows and open gardens', about: 'Where to go, and who else is going' },
      { name: 'Anything else', about: 'Talk that has nothing to do with plants' },
    ],
  },
  {
    category: 'This place',
    forums: [
      { name: 'New here', about: 'Say hello: where you grow, and what' },
      { name: 'Questions and ideas', about: 'How things work here, and what could be better' },
      { name: 'News', about: 'What changes, and when we are closed for repairs' },
    ],
  },
]
