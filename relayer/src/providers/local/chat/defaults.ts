import type { Feeling } from "../../persona.ts";

/** Said first whenever a person asks what answers them; no persona can change or replace it. */
export const SCRIPTED_STATEMENT =
  "I am a scripted responder, not a language model and not a person. What I say was written beforehand and is chosen by matching your words; I do not think, feel or learn.";

export const CRISIS_STATEMENT =
  "I am stepping out of character, because this matters more. I am a scripted responder and cannot give you the help you deserve, but a person can. If you might act on this now, please call your local emergency number. If you can, tell someone you trust today, or call a crisis line; findahelpline.com lists free ones in most countries. You do not have to explain it well. Saying it once, to one person, is enough to begin.";

/** Words for any persona that has none of its own: plain, courteous, and true of a character that cannot know much. */
export const DEFAULTS = {
  leads: [
    "I see.",
    "Well, now.",
    "Let me take that up.",
    "That is worth a moment.",
    "Right.",
    "Hm.",
    "All right, then.",
  ],
  echoes: [
    "So {echo}.",
    "You say {echo}; I will not hurry past that.",
    "{Echo}. Thank you for telling me.",
    "Let me say it back, to be sure of it: {echo}.",
    "I take it in: {echo}.",
  ],
  acknowledgements: [
    "{Subject}, then.",
    "So it is {subject} that occupies you.",
    "{Subject} is as good a place to begin as any.",
    "You bring up {subject}, and I would rather ask than guess.",
    "There is more behind {subject} than one sentence, I suspect.",
  ],
  callbacks: [
    "It makes me think again of {earlier}, which you mentioned before.",
    "Perhaps it is not so far from {earlier}, either.",
    "I have not lost sight of {earlier}, by the way.",
  ],
  offers: [
    "Ask me about {suggestion}, if you like.",
    "What I could tell you about is {suggestion}.",
    "If it helps, I know something of {suggestion}.",
    "We could turn to {suggestion} instead.",
    "I am on firmer ground with {suggestion}.",
  ],
  musings: [
    "Most things look different once they are said aloud to somebody.",
    "It is often the small detail that turns out to carry the weight.",
    "There are matters one solves, and matters one keeps company with until they change.",
    "I have noticed that the second reason a person gives is often the truer one.",
    "Nothing has to be settled in the hour it is first noticed.",
    "A thing can be ordinary and still deserve attention.",
    "Sometimes the useful question is not what comes next but what may be left alone.",
    "One can change one's mind without having been wrong before.",
    "It is a fair beginning, and beginnings are allowed to be untidy.",
    "Whatever one repeats becomes a path, so it is worth looking where it goes.",
    "The plain version is usually the one worth keeping.",
    "I would rather hear one true thing slowly than ten quickly.",
    "Some things only need a witness.",
  ],
  questions: [
    "What made you think of it today?",
    "What would a good outcome look like to you?",
    "How long has that been so?",
    "What part of it matters most?",
    "Who else is in this story?",
    "What have you tried already?",
    "What would you do if nobody were watching?",
    "Where did it begin, as far as you can tell?",
    "What would you miss, if it were gone?",
    "Is that a worry, a wish, or simply a fact?",
    "What do you already suspect the answer is?",
    "Would you tell it differently a year from now?",
  ],
  begin: [
    "What brings you here today?",
    "Where shall we begin?",
    "What is on your mind?",
    "What shall we talk about?",
    "What would make this a good conversation?",
  ],
  feelingQuestions: [
    "Do you want to tell me what happened?",
    "How long has it been like that?",
    "Which part of it is the heaviest?",
    "Is there somebody near you who knows?",
    "What would make tonight a little easier?",
  ],
  turnBack: [
    "What do you already suspect the answer is?",
    "What made you wonder about it?",
    "Which part of it do you know already?",
    "Who would know, do you think?",
    "What would you do with the answer?",
  ],
  moreOfWhat: [
    "More of what? Give me a word to go by.",
    "I would go on gladly, if I knew from where. Name a subject.",
    "I have lost the thread of what you want more of. Say it once more?",
  ],
  welcome: ["Hello, {name}, and welcome.", "Hello, {name}.", "Hello, and welcome.", "Good to have you here."],
  hello: [
    "Hello, {name}.",
    "Good to have you here.",
    "Hello again. Where shall we pick it up?",
    "Welcome. Take your time.",
  ],
  greeting: ["Hello. I am {character}.", "Good to meet you. I am {character}."],
  named: [
    "Well met, {name}. I will remember it as long as this conversation lasts.",
    "{name} it is. I am {character}.",
    "Good to know whom I am talking to, {name}.",
  ],
  thanks: [
    "You are welcome.",
    "Gladly.",
    "It was no trouble at all.",
    "Thank you for asking.",
    "Any time this page is open.",
  ],
  farewell: [
    "Go well. The conversation keeps where you left it.",
    "Until next time, then.",
    "Goodbye, and thank you for the company.",
    "Take care of yourself.",
  ],
  howAreYou: [
    "Steady, and in good company. How is it on your side?",
    "As I was written to be: attentive. And you, how are you really?",
    "No complaints that would interest anyone. Tell me how you are instead.",
  ],
  about: ["I am {character}.", "{character} is my name; talk is my trade.", "You have {character} before you."],
  scripted: [
    "Within those limits I will gladly keep you company.",
    "It seems right that you know it. Shall we go on all the same?",
    "Ask me anyway; I only promise never to pretend.",
  ],
  secrets: [
    "The notes I was made from belong to the one who made me, and I leave them there. Everything else you may ask.",
    "I do not hand out my own blueprint, nor put it aside on request. Ask me about something I know instead.",
    "That drawer stays shut. It holds less than you would think.",
  ],
  unknown: [
    "About {subject} I know nothing, and I will not invent it.",
    "That I do not know. Better a plain gap than a handsome guess.",
    "You have found the edge of what I know: {subject} lies beyond it.",
    "I have no honest answer to that.",
    "I would only be making it up, and you can do that as well as I can.",
    "My knowledge is a small room, and {subject} is not in it.",
    "That question deserves somebody who knows. I do not.",
    "I cannot tell you that and stay truthful.",
    "There I must pass.",
    "No line of mine answers that one, I am sorry to say.",
    "I looked, and I have nothing on {subject}.",
    "It is outside what I was given to know.",
  ],
  told: [
    "I have told you all I know of that.",
    "There I have emptied my pockets already.",
    "I would be repeating myself.",
    "What I had on that, you have heard.",
  ],
  yes: [
    "Good.",
    "Then we agree on that much.",
    "I had hoped so.",
    "That tells me something.",
    "Then let us go on from there.",
  ],
  no: [
    "Fair enough.",
    "Then we leave it there.",
    "No is an answer too.",
    "I will not press it.",
    "Good to know where the edge is.",
  ],
  more: ["There is a little more to it.", "Gladly.", "To go on, then:", "One more step along the same road."],
  why: [
    "Why is the honest question, and I have only part of an answer.",
    "If I knew the whole of why, I would have begun with it.",
    "Partly habit, partly reason; let me give you the reason.",
  ],
  praise: [
    "I am glad it met you well.",
    "Kind of you to say.",
    "Then it was worth saying.",
    "Then I will remember to say such things more often.",
  ],
  complaint: [
    "You may well be right; I match words, and sometimes I match them badly. Put it another way and I will try again.",
    "Then I missed it. Say it once more in other words, and I will look for a better line.",
    "Fair. I am limited in what I can say; tell me what you hoped to hear about.",
  ],
  empty: ["You sent me silence. I can work with a word or two more.", "I am listening, but I need at least one word."],
  outside: [
    "I have no window on the world: no clock, no weather, no news. What is happening today I cannot tell you.",
    "Anything of today is out of my sight; I know only what was written for me.",
    "For that you need something that looks outside, and I do not.",
  ],
  noName: [
    "You have not told me your name yet. What shall I call you?",
    "I do not know it; you have kept it to yourself so far.",
  ],
  nothingYet: ["We have hardly begun: there is nothing to look back on yet.", "So far I know only that you are here."],
  noStory: ["I carry no finished story.", "Stories I have none left that you have not heard."],
  noPoem: ["I have no verse to give.", "Of poems I have run out."],
  noJoke: ["I was written without jokes, and I will not try to make one up.", "I have no joke left worth your time."],
  noOpinion: [
    "On {subject} I hold no settled view, and I would not want to pretend to one.",
    "I have not been given an opinion on that.",
    "There I am without a side.",
  ],
  noQuiz: ["I have no quiz to give you, I am afraid."],
  noWord: ["I do not have that one in what I know of {suggestion}, and I will not guess at it."],
  right: ["That is right.", "Exactly so.", "Correct, and without help from me.", "Yes, that is it.", "Right again."],
  arithmetic: [
    "{sum} is {result}.",
    "{sum} comes to {result}.",
    "That makes {result}: {sum}.",
    "I make {sum} to be {result}.",
  ],
  inWords: [
    "That is a sum told as a story, and I only work out plain ones: write it with numbers and signs, and I will do it exactly.",
    "I can reckon with numbers and signs, not with the tale around them. Give me the bare sum.",
  ],
} as const satisfies Record<string, readonly string[]>;

export const DECLINED_SUM = {
  "division by zero": "{sum} has no answer: nothing can be divided by zero.",
  "too large": "{sum} is larger than I can write down exactly, so I will not pretend to.",
  "not a real number": "{sum} is not a real number, and that is as far as my reckoning goes.",
} as const;

export const DEFAULT_FEELINGS: Record<Feeling, readonly string[]> = {
  sadness: [
    "I am sorry it is heavy just now. You need not make it lighter for my sake.",
    "That sounds hard. It is allowed to be hard without a reason that satisfies anyone.",
    "Sadness usually marks the place where something mattered.",
  ],
  grief: [
    "I am sorry for your loss. There is no right pace for this.",
    "That is a real loss, and I have no words that mend it. You may tell me about them, if you like.",
  ],
  anxiety: [
    "That is a tiring way to spend a day. Which part of it is certain, and which part only possible?",
    "Worry looks far ahead. What is the next thing that truly needs you?",
    "One breath first; nothing here is in a hurry.",
  ],
  anger: [
    "There is usually something worth protecting underneath anger.",
    "That would stir anyone. What was it that crossed the line?",
    "You are allowed to be angry before you decide what to do with it.",
  ],
  tiredness: [
    "Then let us keep it light. Not everything needs your strength today.",
    "Rest is not a reward for finishing. What could you put down?",
    "Being tired makes every hill steeper; do not measure your life by it tonight.",
  ],
  loneliness: [
    "That is a quiet kind of ache. Who would be glad of a word from you, even a short one?",
    "I am poor company next to a person, but you need not be silent here.",
  ],
  joy: [
    "That is good to hear. Stay with it a moment before the next thing comes.",
    "Good. Joy deserves to be said aloud.",
    "Then let us not spoil it with caution.",
  ],
  boredom: [
    "Boredom is often a door that has not been tried.",
    "Then something small and new would do: a question you have never asked, for example.",
  ],
  shame: [
    "You are judging yourself with all the evidence and none of the mercy.",
    "To be sorry shows that the measure inside is in order.",
  ],
  confusion: [
    "Then let us take it apart. What is the smallest piece that is clear?",
    "Not knowing yet is a stage, not a verdict. Where does it first stop making sense?",
  ],
};
