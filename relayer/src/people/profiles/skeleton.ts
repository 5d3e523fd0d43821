/**
 * What a name looks like, after the skeleton of Unicode Technical Standard 39 (section 4): two names with the same
 * skeleton can be taken for one another. Compatibility forms, case, accents and invisible characters are dropped by
 * Unicode's own rules; the table below adds the confusable letters of the scripts and digits that people pass names off
 * with, as in the data file `confusables.txt` of that standard. Only for comparing; never shown.
 */
export function skeletonOf(name: string): string {
  const folded = name
    .normalize("NFKD")
    .replace(/[\p{M}\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu, "")
    // Letters that case folding changes are looked up both before and after.
    .replace(/./gsu, (letter) => LETTERS.get(letter) ?? letter)
    .toLowerCase()
    .replace(/./gsu, (letter) => LETTERS.get(letter) ?? letter)
    .replace(/[\p{P}\p{S}]/gu, "");
  return SEQUENCES.reduce((text, [from, to]) => text.replaceAll(from, to), folded);
}

/** Latin letter, then what looks like it: Cyrillic, Greek, Armenian, Hebrew, Cherokee, other Latin letters, digits. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: "аɑαа@4ꭺᎪ",
  b: "ЬьƄɓВвᏏᗷ8ßβ",
  c: "сϲᴄⅽСϹᏟ",
  d: "ԁɗđⅾᏧᗞ",
  e: "еҽɛєᴇ3ЕΕᎬ",
  f: "ƒϝғꜰ",
  g: "ɡցԍɢᏀ9",
  h: "һհнНΗʜᏂᎻ",
  i: "іıɩιⅰǀ|1!lІΙӀӏߊꓲן",
  j: "јϳʝЈᎫ",
  k: "кκҟᴋКΚᏦ",
  m: "мᴍⅿМΜᎷ",
  n: "ոռпɴηΝ",
  o: "оοօ0ⲟσоОΟՕᴏסہօ",
  p: "рρᴩⲣРΡᏢ",
  q: "ԛգզ",
  r: "гᴦʀⲅᎡ",
  s: "ѕꜱʂ5$ЅᏚ",
  t: "тτᴛТΤᎢ7",
  u: "υսᴜцʋս",
  v: "νѵᴠⅴ",
  w: "ѡԝᴡωшᎳ",
  x: "хχⅹХΧ×",
  y: "уγүʏУΥҮᎩ",
  z: "ᴢʐzΖ2Ꮓ",
  ae: "æ",
  oe: "œ",
};

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, alikes]) => [...alikes].map((alike) => [alike, latin] as const)),
);

/** Letters that together look like another one. */
const SEQUENCES = [
  ["rn", "m"],
  ["vv", "w"],
] as const;
