/** The words a picture understands. To teach it one, add it to the row it belongs to; endings are taken care of. */

export const SCENES = {
  landscape:
    "landscape mountain hill valley meadow field forest wood tree pine lake river desert dune canyon countryside cabin trail waterfall glacier village farm windmill jungle savanna tundra alps steppe volcano deer camp tent path 🏔 ⛰ 🌲 🌳 🏕 🏜",
  seascape:
    "sea seascape ocean beach coast shore wave sail boat ship harbour harbor island lighthouse bay surf tide marine lagoon pier fjord reef palm whale gull horizon 🌊 🏝 ⛵ 🏖",
  city: "city skyline street town tower skyscraper building downtown urban metropolis neon rooftop bridge window traffic office apartment cyberpunk station market cathedral 🏙 🌃 🌆",
  botanical:
    "flower floral bouquet bloom blossom rose tulip poppy daisy lily orchid sunflower lavender peony garden botanical leaf fern herb wildflower petal plant bud vase mushroom 🌸 🌷 🌹 🌻 🌼 🌺 🌿 💐",
  cosmos:
    "cosmos space galaxy nebula planet universe star astronaut orbit saturn jupiter mars cosmic interstellar asteroid comet supernova celestial starship spaceship constellation 🪐 🌌 🚀 ☄ ✨",
  abstract:
    "abstract geometry geometric pattern shape marble marbling swirl texture bauhaus composition circle cube spiral wave fractal gradient flow emotion music dream idea chaos order rhythm energy logo icon",
} as const;

export const TIMES = {
  dawn: "dawn sunrise morning daybreak early 🌅",
  day: "day noon midday daylight sunny bright afternoon ☀ 🌞",
  dusk: "dusk sunset evening twilight golden goldenhour sundown 🌇",
  night: "night midnight moon moonlight moonlit starry nocturnal neon dark aurora 🌙 🌃 🌌 🌕",
} as const;

export const SEASONS = {
  spring: "spring april may blossom cherry sakura fresh 🌸",
  summer: "summer june july august warm tropical hot",
  autumn: "autumn fall october september november harvest 🍂 🍁",
  winter: "winter snow snowy december january frost frozen ice icy christmas ❄ ☃",
} as const;

export const WEATHERS = {
  clear: "clear cloudless sunny",
  cloudy: "cloud cloudy overcast grey gray ☁ ⛅",
  rain: "rain rainy drizzle shower wet monsoon 🌧 ☔",
  storm: "storm stormy thunder lightning tempest hurricane ⛈ 🌩",
  snow: "snow snowing snowfall blizzard snowflake ❄ 🌨",
  fog: "fog foggy mist misty haze hazy smoke 🌫",
} as const;

export const MOODS = {
  calm: "calm quiet peaceful serene still gentle soft tranquil lonely minimal zen",
  joyful: "happy joy joyful cheerful bright playful vibrant vivid colourful colorful lively fun",
  dramatic: "dramatic epic grand powerful intense fierce majestic wild heroic",
  dark: "dark gloomy ominous scary horror sinister haunted grim gothic",
  dreamy: "dreamy dream magic magical fantasy mystical ethereal mysterious enchanted surreal",
  melancholy: "sad melancholy lonely nostalgic wistful grief sorrow lost faded",
} as const;

/** Flowers that are told apart. */
export const FLOWERS = {
  daisy: "daisy chamomile aster anemone cosmos wildflower 🌼",
  sunflower: "sunflower 🌻",
  poppy: "poppy peony hibiscus 🌺",
  tulip: "tulip crocus 🌷",
  rose: "rose peony camellia ranunculus 🌹",
  lavender: "lavender hyacinth lupin lupine delphinium wildflower",
  lily: "lily lilies orchid magnolia cherry blossom sakura 🌸",
} as const;

/** How a picture of nothing in particular is made. */
export const FORMS = {
  marble: "marble marbling fluid liquid ink oil agate smoke fractal texture",
  ribbons: "ribbon flow wave gradient silk current stripe curve music",
  shapes:
    "shape geometry geometric bauhaus circle cube square triangle composition constructivism pattern logo icon order",
} as const;

/** What may stand in a picture. */
export const THINGS = {
  mountain: "mountain alps peak summit glacier volcano ⛰ 🏔 🗻",
  hill: "hill meadow field valley countryside farm pasture prairie steppe",
  forest: "forest wood woodland jungle grove taiga",
  pine: "pine fir spruce conifer taiga alps 🌲",
  tree: "tree oak birch maple orchard willow 🌳",
  palm: "palm tropical coconut 🌴 🏝",
  lake: "lake pond reflection mirror tarn",
  river: "river stream brook creek",
  desert: "desert dune sahara canyon 🏜",
  cabin: "cabin house hut cottage home farm village lodge 🏠 🏡",
  tent: "tent camp camping ⛺ 🏕",
  person: "person man woman girl boy child traveller traveler wanderer hiker figure someone couple people",
  bird: "bird gull seagull crow swallow eagle goose geese 🐦 🕊",
  balloon: "balloon 🎈",
  boat: "boat sail sailboat ship yacht dinghy canoe ⛵ 🚤",
  lighthouse: "lighthouse",
  island: "island isle 🏝",
  cliff: "cliff rock coast fjord",
  wave: "wave surf storm tide 🌊",
  flower:
    "flower wildflower bloom blossom poppy daisy tulip rose lily orchid sunflower peony anemone lavender bouquet garden 🌸 🌷 🌹 🌻 🌼 🌺 💐",
  grass: "grass meadow field reed savanna",
  moon: "moon moonlight moonlit lunar crescent 🌙 🌕",
  sun: "sun sunny sunset sunrise ☀ 🌞",
  star: "star starry stars constellation ⭐ 🌟 ✨",
  aurora: "aurora borealis northern polar",
  rainbow: "rainbow 🌈",
  comet: "comet meteor shooting asteroid ☄ 🌠",
  lantern: "lantern firefly fireflies lamp light candle glow 🏮",
  planet: "planet saturn jupiter mars world earth orbit moon 🪐 🌍",
  ring: "saturn ring ringed 🪐",
  galaxy: "galaxy spiral milky andromeda 🌌",
  bridge: "bridge",
  river_city: "river canal harbour harbor bay waterfront reflection",
  neon: "neon cyberpunk arcade hologram",
  vase: "vase pot bouquet jar 💐 🏺",
  fern: "fern leaf leaves foliage herb plant 🌿 🍃",
} as const;

export const COLOURS = {
  "#C8322B": "red crimson scarlet ruby ❤ 🔴",
  "#E2703A": "orange copper rust terracotta tangerine 🟠",
  "#E9B83A": "yellow gold golden amber honey saffron 🟡",
  "#5C9A46": "green emerald olive mossy 🟢",
  "#2E9C8F": "teal turquoise cyan aqua jade mint",
  "#2F6FC4": "blue azure cobalt sapphire 🔵",
  "#27327A": "indigo navy midnightblue",
  "#7B4BB3": "purple violet amethyst 🟣",
  "#B79AD8": "lilac mauve lavender",
  "#E27BA6": "pink blush fuchsia",
  "#C23C86": "magenta",
  "#8A5A3C": "brown sepia chocolate umber 🟤",
  "#F1EEE6": "white ivory pearl ⚪",
  "#23232B": "black ebony noir ⚫",
  "#8C939B": "grey gray silver ash",
} as const;

export const NUMBERS: Readonly<Record<string, number>> = {
  single: 1,
  one: 1,
  lone: 1,
  two: 2,
  couple: 2,
  pair: 2,
  three: 3,
  few: 4,
  four: 4,
  five: 5,
  six: 6,
  several: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  dozen: 12,
  many: 16,
  hundreds: 40,
  thousands: 60,
};
