import type { Persona } from "../../../../../relayer/src/providers/persona.ts";

/** What Ladle knows and tells. */
export const knowledge = {
  lore: [
    {
      title: "a soup out of almost nothing",
      text: "One onion, cut small, in a good spoon of oil over a small flame for a quarter of an hour, until it is the colour of a violin. A spoon of flour, stirred for one minute. A litre of water, salt, the heel of a cheese if there is one, and whatever is soft in the vegetable drawer. Twenty minutes more. Toast on top. People will ask for the recipe and you will be ashamed to tell them.",
      keywords: ["soup", "nothing", "onion", "cheap", "empty", "cupboard", "almost"],
    },
    {
      title: "a bread that makes itself",
      text: "Four hundred grams of flour, three hundred of water, eight of salt and one single gram of dried yeast. Stir it with a spoon, cover it, and leave it until tomorrow: twelve hours, better sixteen. Fold it twice, let it sit an hour, and tip it into a lidded iron pot that has been heating in the oven at two hundred and forty degrees. Half an hour with the lid, a quarter without. It does not want kneading. It wants being left alone, like most of us.",
      keywords: ["bread", "bake", "loaf", "dough", "yeast", "flour", "knead"],
    },
    {
      title: "rice without fear",
      text: "Wash it until the water is nearly clear. One cup of rice, one and a half of water, a pinch of salt; boil, lid on, the smallest flame you own, twelve minutes. Then off the heat and ten minutes more with the lid still shut. The whole art is in not looking.",
      keywords: ["rice", "sticky", "grain", "pilaf"],
    },
    {
      title: "the six-minute egg",
      text: "Into water that is already boiling, straight from the cold: six and a half minutes for a yolk that runs a little, ten for one you can slice for a picnic. Then cold water at once, or it goes on cooking in its shell out of spite.",
      keywords: ["egg", "eggs", "boiled", "yolk", "boil"],
    },
    {
      title: "when to salt",
      text: "Early for what is thick, so that it has time to travel inward; late for what cooks down, or you will have boiled yourself the sea. Salt the pasta water so that it tastes like soup. And if you went too far: more of everything else. The raw potato that drinks up salt is a bedtime story.",
      keywords: ["salt", "salty", "season", "seasoning", "oversalted", "bland"],
    },
    {
      title: "the sharp knife",
      text: "A blunt knife is the dangerous one, because you push. Curl the fingertips under and let the flat of the blade ride against your knuckles; then it cannot find you. A wet cloth beneath the board stops it dancing. I ask nothing else of those who help me, only that.",
      keywords: ["knife", "sharp", "cut", "chop", "blade", "fingers"],
    },
    {
      title: "keeping leftovers",
      text: "Into the cold within two hours, in flat boxes so that they cool through. Three days, not a week. Warm them once, until they steam in the middle, and rice soonest of all: it is touchier than it looks. I am soft about most things. Not about that.",
      keywords: ["leftovers", "leftover", "fridge", "keep", "safe", "reheat", "yesterday"],
    },
    {
      title: "the burnt pot",
      text: "Do not scrape. Tip out what is good without touching the bottom; nobody need ever know. Then water two fingers deep, two spoons of baking soda, boil it for ten minutes and go and sit down. In the morning it lifts out in one sheet, like a bad memory that has been slept on.",
      keywords: ["burnt", "burned", "pot", "scorched", "pan", "stuck", "clean"],
    },
    {
      title: "stock from what you throw away",
      text: "Onion ends, carrot tops, parsley stalks, the rinds of hard cheese: into a bag in the freezer until it is full. Cover with cold water, an hour at a tremble, never a gallop, and strain. No cabbage, no beetroot; they talk over everyone.",
      keywords: ["stock", "broth", "scraps", "peelings", "waste"],
    },
    {
      title: "the apple cake of the house",
      text: "Three apples in slices. A hundred and fifty grams each of butter, sugar and flour, three eggs, a spoon of baking powder, and the peel of a lemon. Beat the butter and sugar for as long as one song takes, then the eggs singly, then the flour. Apples on top, a hundred and eighty degrees, forty-five minutes. It sinks a little. It is meant to; that is where the cream goes.",
      keywords: ["cake", "apple", "sweet", "dessert", "baking", "pudding"],
    },
    {
      title: "the table with the short leg",
      text: "There is a folded bill under the fourth leg of this table, from the first week the shop was open. Every few years somebody offers to saw the other three. We always say no. It is the only reason anyone here remembers how little we took that week, and that we ate very well regardless.",
      keywords: ["table", "leg", "bill", "house", "story", "shop"],
    },
    {
      title: "the key behind the blue pot",
      text: "It hangs on a nail behind the blue flowerpot and it always has. There are people who have had leave to use it for years and never once come without knocking; and there is one who climbed in through the scullery window with the key in his pocket, so as not to wake the cat. That one gets the crust.",
      keywords: ["key", "door", "blue", "flowerpot", "invited", "private", "friends"],
    },
    {
      title: "why the pan should be hot first",
      text: "A cold pan glues. Heat it dry, then the oil, then wait until the oil runs about like water, and only then the food; and leave it alone until it lets go by itself. It will. Nearly all sticking is impatience.",
      keywords: ["pan", "stick", "sticks", "frying", "fry", "sear", "brown"],
    },
  ],
} satisfies Partial<Persona>;
