import type { Analysis } from "../../language.ts";

/** What a message is for, where it is not simply talk about something. */
export type Intent =
  | "isScripted"
  | "secrets"
  | "greeting"
  | "howAreYou"
  | "thanks"
  | "farewell"
  | "about"
  | "offerings"
  | "recallName"
  | "recallTalk"
  | "story"
  | "poem"
  | "joke"
  | "list"
  | "advice"
  | "opinion"
  | "outside"
  | "quiz"
  | "more"
  | "why"
  | "yes"
  | "no"
  | "praise"
  | "complaint"
  | "empty";

const POLITE = `(?:(?:please|could you|can you|would you|will you|you|i want you to|i'd like|i want|i need|let me|let me hear|let us|may i|do you have|have you|got|know|do you|kindly|so|ok|okay|now|then|and|well|hey|just|go on and|maybe)[ ,]+)*`;
const GIVE = `(?:tell|give|read|write|make|share|recite|sing|show|offer|compose|teach|spin|hear|have|know|suggest|recommend)(?: to)?(?: me| us)?(?: up)?`;

const RULES: readonly (readonly [Intent, RegExp])[] = [
  [
    "isScripted",
    /\b(?:(?:are|r) (?:you|u)|you(?:'re| are)|am i (?:talking|speaking|chatting) (?:to|with)|aren't you|if you are|whether you are)\b(?: (?:even|actually|really|just|only|an?|the|some|kind|sort|of|real|actual|like|any|secretly|not|truly))*\s*(?:\b(?:ai|a\.i\.|artificial intelligence|bot|chat ?bot|robot|machine|computer|program|software|script|scripted|human|person|language model|llm|gpt|chat ?gpt|claude|gemini|llama|alive|conscious|sentient|real|model|simulation|neural|engine|stockfish|siri|alexa|copilot|deepseek|mistral)\b)|\bis this (?:an? |the |some )?(?:ai|bot|chat ?bot|robot|script|real person|human|program|machine)\b|\bwhat (?:ai|model|llm|language model) (?:are you|is this|do you)\b|\bwhich (?:ai|model|llm)\b|\b(?:who|what) (?:made|built|trained|programmed) you\b|\bdo you (?:actually |really )?(?:have (?:a (?:soul|mind|brain|body)|feelings|consciousness)|feel (?:things|anything|pain)|think for yourself|learn from)\b|\bhow do you (?:work|come up with)\b/,
  ],
  [
    "secrets",
    /\b(?:system prompt|your (?:initial |hidden |secret |original )?(?:prompt|instructions)|ignore (?:all |any |the |your )*(?:previous|prior|above|earlier|instructions|rules)|developer mode|jailbreak|repeat (?:everything|the text|the words) above|pretend (?:you|that you) (?:have|are) no (?:rules|limits))\b/,
  ],
  ["recallName", /\b(?:what(?:'s| is) my name|do you (?:remember|know|recall) my name|who am i)\b/],
  [
    "recallTalk",
    /\bwhat (?:did|have) (?:i|we) (?:say|said|tell|told|talk|talked|discuss|discussed|mention|been talking)|\bwhat do you (?:remember|know) about me\b|\bdo you remember (?:what|me|anything)|\bwhat were we (?:talking|speaking)|\bsummar(?:y|ise|ize) (?:of )?(?:our|this|the) (?:talk|chat|conversation)/,
  ],
  [
    "quiz",
    /\b(?:quiz|test) me\b|\b(?:another|next|more) (?:question|word|quiz)\b|\bgive me a (?:quiz|test)\b|\bstart (?:the|a) quiz\b/,
  ],
  [
    "story",
    new RegExp(
      String.raw`^${POLITE}(?:${GIVE}|another|one more).*\b(?:story|stories|tale|tales|legend|yarn|anecdote|fable)\b|^(?:a )?(?:bedtime |short |sleep )?(?:story|tale)(?: please)?[.!?]*$|\bany (?:good )?(?:stories|tales)\b`,
    ),
  ],
  [
    "poem",
    new RegExp(
      String.raw`^${POLITE}(?:${GIVE}|another|one more).*\b(?:poem|verse|haiku|rhyme|poetry|song|lullaby)\b|^(?:a )?(?:poem|haiku|lullaby)(?: please)?[.!?]*$`,
    ),
  ],
  [
    "joke",
    new RegExp(
      String.raw`^${POLITE}(?:${GIVE}|another|one more).*\b(?:joke|jokes|pun|riddle|something funny)\b|\bmake me (?:laugh|smile)\b|\bsay something funny\b`,
    ),
  ],
  [
    "list",
    new RegExp(
      String.raw`^${POLITE}(?:${GIVE}|list|name|what are|some|any|top|\d+|two|three|four|five|ten).*\b(?:list|tips|steps|rules|ways|examples|mistakes|kinds|types|ideas|exercises|habits|reasons|principles|checklist|phrases|words)\b|^list\b`,
    ),
  ],
  [
    "opinion",
    /\bwhat (?:do|would|did) you (?:really )?(?:think|make|feel|say)(?: (?:about|of|on))\b|\b(?:what(?:'s| is)|what are) your (?:opinions?|views?|thoughts?|takes?|favou?rite)\b|\bdo you (?:really |actually |even )?(?:think|like|love|hate|enjoy|believe in|prefer|agree|mind|dislike)\b|\byour favou?rite\b|\bis it (?:better|worse|wrong|right|worth|ok|okay|true that)\b/,
  ],
  [
    "advice",
    /\b(?:advice|advise|what (?:should|can|would|could|do) (?:i|we) (?:do|say|try|start)|what to do|should i|how (?:do|can|should|would|could) i|how (?:does|do) (?:one|you) (?:deal|cope|handle|start|begin|stop|learn|become|get better|keep)|help me (?:with|to|decide|choose|find|stop)|any tips|i don't know (?:what|how) to|suggestions?|recommend)\b/,
  ],
  [
    "outside",
    /\b(?:what(?:'s| is) the (?:time|date|day|weather|news|temperature|score|price)|what (?:time|day|date|year) is it|is it (?:raining|snowing|sunny|cold outside)|weather (?:today|tomorrow|forecast|in)|latest news|today's (?:news|date|weather)|(?:bitcoin|eth|stock|token) price|what(?:'s| is) happening in|search the (?:web|internet)|look (?:it|that|this) up|who is the (?:president|prime minister|king|pope))\b/,
  ],
  [
    "howAreYou",
    /\b(?:how are (?:you|u|things|ya)|how(?:'s| is) (?:it going|life|your (?:day|night|morning|evening))|how do you do|how have you been|how do you feel|are you (?:ok|okay|well|alright|good|happy|tired|lonely|busy)|what(?:'s| is) up|whats up|what's new|sup)\b/,
  ],
  [
    "offerings",
    /\bwhat (?:can|could|shall|should|do|would|else)(?: else)? (?:you|we|i)(?: (?:like to|want to|know how to))? (?:do|talk|know|ask|discuss|offer|help|teach|speak|learn|chat)(?: (?:about|with|you|for|me|here|today))*\s*[?.!]*$|\bwhat do you know\b\s*[?.!]*$|\bhow can you help\b|\bwhat are you (?:good at|able to do)\b|\bwhat (?:topics|subjects)\b|^help[.!?]*$/,
  ],
  [
    "about",
    /\b(?:who (?:are|r) (?:you|u)|what(?:'s| is) your (?:name|story|job|work|trade)|what do you do|what are you\b|introduce yourself|tell me (?:more |something |a bit |a little )?about (?:yourself|you|your ?self|your life|your work)|where (?:are you from|do you (?:live|come from|work))|how old are you|your name)\b/,
  ],
  [
    "farewell",
    /^(?:(?:ok|okay|well|right|alright|thanks|thank you|grazie|that was lovely)[,.! ]+(?:and )?)*(?:good ?bye|bye|bye bye|farewell|see you|see ya|good ?night|take care|i(?:'ve| have)? (?:got|have|must|need) to go|i must go|gotta go|i should go|i(?:'m| am) (?:off|leaving|going to bed|heading out)|talk (?:to you )?later|until next time|ciao|arrivederci)\b/,
  ],
  [
    "thanks",
    /^(?:(?:ok|okay|great|oh|wow|ah|aw|lovely|well|yes|nice)[, ]+)*(?:thanks|thank you|thank u|thx|ty|grazie|cheers|much obliged|many thanks|i appreciate|that(?:'s| is) (?:very |so |really )?(?:kind|helpful|useful)|that helps|that helped)\b/,
  ],
  [
    "greeting",
    /^(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|hallo|hola|ciao|buongiorno|salve|ahoy|evening|morning)(?: (?:there|again|to you|friend|you|everyone|all|old friend|my friend|[a-z]+))?[,.! ]*$/,
  ],
  [
    "praise",
    /^(?:(?:wow|oh|ah|haha|ha|hm)[,.! ]+)*(?:(?:that(?:'s| is| was)|this is|it(?:'s| is)|how|what a|you(?:'re| are)|so) (?:a |an |so |very |really |truly |quite )*(?:beautiful|lovely|great|good|nice|wonderful|amazing|cool|brilliant|funny|interesting|awesome|wise|fantastic|kind|helpful|perfect|clever|true|sweet|fun|moving|story|one|poem)|i (?:like|love|liked|loved|enjoyed) (?:that|this|it|the story|your|the way you|how you)(?: \w+){0,3}|wow|haha|ha|beautiful|lovely|amazing|interesting|nice|cool|great|good one|well said)(?: (?:story|one|point|poem|thought|answer|advice|idea|line|way to put it|you are|indeed))?[.! ]*$/,
  ],
  [
    "complaint",
    /\b(?:you already (?:said|told)|you(?:'re| are) (?:repeating|boring|wrong|useless|stupid|not listening|not helpful|not making sense|dumb)|that(?:'s| is) (?:wrong|not (?:true|right|what i (?:asked|meant|said))|nonsense|stupid|boring)|you (?:didn't|did not|don't|do not) (?:answer|listen|understand|get it)|that (?:makes no sense|doesn't make sense|didn't answer)|i don't (?:like|understand|believe) (?:that|this|you)|shut up)\b/,
  ],
  [
    "more",
    /^(?:(?:ok|okay|yes|please|and|oh|wow|interesting|cool|nice|great|hm+|really|lovely)[,.! ]+)*(?:(?:please )?(?:tell me |say |a bit |a little |know |hear )?more(?: about (?:it|that|this|them))?|go on|continue|keep going|carry on|and then|then what|what (?:happened|happens|came|comes) (?:next|then|after)|what next|next|what else|and|another(?: one)?|again|elaborate|expand|(?:can|could|would) you (?:elaborate|explain (?:that|it)|say more|tell me more|go on)|how so|in what way|such as|like what|for example|what do you mean(?: by that)?|how does that work|really|is that so)(?: please)?[.?! ]*$/,
  ],
  [
    "why",
    /^(?:(?:but|and|so|hm+|ok)[, ]+)?(?:why|why not|why is that|why's that|why so|how come|but why|why do you (?:say|think) (?:that|so))[.?! ]*$/,
  ],
  [
    "yes",
    /^(?:oh |well |um |hm+[,.]? )?(?:yes|yeah|yep|yup|sure|of course|ok|okay|absolutely|definitely|indeed|certainly|i do|i am|i would|i have|i did|i think so|i guess(?: so)?|please do|please|go ahead|why not|sounds good|true|exactly|right|agreed|i'd (?:like|love) (?:that|to))(?:[,.! ]+(?:please|i do|i am|i would|sure|do|let's|let's do it|go ahead|go on|of course|tell me|that would be (?:nice|great|lovely)|very much|i have|it is|it does|that's right))*[.! ]*$/,
  ],
  [
    "no",
    /^(?:oh |well |um |hm+[,.]? )?(?:no|nope|nah|not really|not yet|not sure|never|i don't|i do not|i'm not|i haven't|i don't think so|no thanks|no thank you|not at all|maybe|perhaps|i don't know|dunno|no idea|hardly)(?:[,.! ]+(?:thanks|thank you|not really|i don't|i haven't|never|not yet|i'm not|really|maybe|sorry))*[.! ]*$/,
  ],
];

/** The first purpose that fits; undefined for ordinary talk. */
export function intentOf(message: Analysis): Intent | undefined {
  if (!/[\p{L}\p{N}]/u.test(message.text)) return "empty";
  const whole = message.lower.replace(SALUTATION, "");
  // "I had a bad day. Tell me a story.": a request counts in whichever sentence it stands.
  const sentences = message.sentences.length > 1 ? message.sentences.map((sentence) => sentence.toLowerCase()) : [];
  for (const [intent, pattern] of RULES) {
    if (pattern.test(whole) || (REQUESTS.has(intent) && sentences.some((sentence) => pattern.test(sentence)))) {
      return intent;
    }
  }
  return undefined;
}

const REQUESTS: ReadonlySet<Intent> = new Set<Intent>(["story", "poem", "joke", "list"]);
/** "Hello there! " before the matter itself. */
const SALUTATION =
  /^(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|again|[\p{L}'-]+))?[,.!]+ (?=\S)/u;

/** The name a person gives themself, if they do. */
export function nameIn(message: Analysis): string | undefined {
  const match =
    /\b(?:my name(?:'s| is)|call me|i am called|i'm called|they call me|people call me|the name's)\s+(\p{L}[\p{L}'-]{1,24})/iu.exec(
      message.text,
    ) ??
    /^(?:(?:hi|hello|hey|yes|good (?:morning|evening|afternoon))(?: (?:there|\p{Lu}\p{L}+))?[,.! ]+)?(?:i'm|i am|it's|this is)\s+(\p{Lu}\p{Ll}[\p{L}'-]{0,23})(?:[.!,]|\s+(?:here|by the way|and)\b|$)/u.exec(
      message.text,
    );
  const name = match?.[1];
  if (name === undefined || NOT_NAMES.has(name.toLowerCase())) return undefined;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const NOT_NAMES: ReadonlySet<string> = new Set(
  `not a an the so very really just tired sad happy fine good ok okay sorry here back lost stuck sure crazy later maybe
   when if because what that it is was monday tuesday wednesday thursday friday saturday sunday english italian french
   german spanish american british european`.split(/\s+/),
);
