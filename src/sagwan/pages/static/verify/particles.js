// Korean particles after names and numbers, as sagwan.pages.particles chooses them: `{v0}은(는)` becomes `687은`.

const FORMS = { "은(는)": ["은", "는"], "을(를)": ["을", "를"], "이(가)": ["이", "가"], "과(와)": ["과", "와"], "(으)로": ["으로", "로"] };
const FIELD = /\{\{|\}\}|\{v(\d+)\}(?:([^\s\p{L}\p{N}_{}]*)(은\(는\)|을\(를\)|이\(가\)|과\(와\)|\(으\)로))?/gu;
const LAST = /(?:([\uac00-\ud7a3])|(?<![0-9,.])([0-9][0-9,]*(?:\.[0-9]+)?)|(?<![A-Za-z])([A-Za-z]+))$/;
const BRACKETS = /\s*[([][^()[\]]*[)\]]\s*$/;
const [NO_FINAL, CONSONANT, RIEUL] = [0, 1, 8];
const DIGITS = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0]; // the final consonants of 영 일 이 삼 사 오 육 칠 팔 구
const LETTERS = { l: RIEUL, r: RIEUL, m: CONSONANT, n: CONSONANT };

/** A template with its values in it, each particle that follows one in the form that fits it. */
export const fill = (template, values) =>
  template.replace(FIELD, (whole, place, between = "", both = "") => (place ? values[place] + between + particle(values[place], both) : whole[0]));

function particle(word, both) {
  const end = both ? final(word) : null;
  if (end === null) return both;
  const [closed, open] = FORMS[both];
  return end === NO_FINAL || (both === "(으)로" && end === RIEUL) ? open : closed;
}

/** The final consonant with which a word is read: 0 for none, 8 for ㄹ; null where it is not known. */
function final(word) {
  const read = word.replace(BRACKETS, "").replace(/[ \u2019\u201d'".,!?]+$/, "") || word;
  if (read.endsWith("%")) return NO_FINAL; // 퍼센트
  const [, syllable, number, latin] = LAST.exec(read) ?? [];
  if (syllable) return (syllable.charCodeAt(0) - 0xac00) % 28;
  if (number) return ofNumber(number.replaceAll(",", ""));
  return latin ? ofLatin(latin) : null;
}

/** 10 to the 12th is 조; other round numbers end in 십, 백, 천, 만, 억 or 경, which have a final consonant. */
function ofNumber(digits) {
  const noughts = digits.includes(".") ? 0 : /0*$/.exec(digits)[0].length;
  return noughts >= 12 && noughts < 16 ? NO_FINAL : DIGITS[digits.at(-1)];
}

/** KT is read by its letters, Apple as 애플, LINE as 라인, Facebook as 페이스북. */
function ofLatin(word) {
  const text = word.toLowerCase();
  if (text.length === 1 || (word === word.toUpperCase() && !/[aeiou]/.test(text))) return LETTERS[text.at(-1)] ?? NO_FINAL;
  if (/(?:l|[bcdgpt]le)$/.test(text)) return RIEUL;
  if (/(?:m|n|ng|me|ne)$/.test(text)) return CONSONANT;
  return /[aeiou][kptc]$/.test(text) ? CONSONANT : NO_FINAL;
}
