/** A character of one's own: its knowledge, who may use it, who pays, what they say. */
export const sharing = {
  "knowledge.files": "Files",
  "knowledge.filesText":
    "What it reads before it answers: it looks for the passages that fit the question. The operator keeps them encrypted.",
  "knowledge.add": "Add files",
  "knowledge.hint": "Text, Markdown or PDF, up to 2 MB each. You can also drop them here.",
  "knowledge.remove": "Remove {name}",
  "knowledge.afterPublishing": "uploaded after publishing",
  "knowledge.notKept": "This browser cannot keep the files. Publish first, and add them on the character’s own page.",
  "knowledge.problem.type": "{name} is neither text nor Markdown nor PDF. Save it as one of them and add it again.",
  "knowledge.problem.empty": "{name} is empty.",
  "knowledge.problem.size": "{name} is larger than 2 MB. Split it and add the parts.",
  "knowledge.problem.lost": "{name} is no longer on this device.",
  "knowledge.problem.refused": "{name} was not taken.",
  "knowledge.signIn": "The operator gives a character’s knowledge to nobody but its owner.",
  "knowledge.again": "Try again",
  "knowledge.leaveOut": "Leave it out",
  "knowledge.waiting": "{count, plural, one {One file waits} other {# files wait}} on this device to be uploaded.",
  "knowledge.waitingFiles": "Files to upload",
  "knowledge.sending": "Uploading file {number} of {total}",
  "knowledge.allSent":
    "{count, plural, one {The file is} other {All # files are}} uploaded. It knows them from now on.",
  "knowledge.progress": "Files uploaded",
  "knowledge.isSending": "uploading",
  "knowledge.isWaiting": "waiting",
  "knowledge.send": "Upload {count, plural, one {one file} other {# files}}",
} as const;
