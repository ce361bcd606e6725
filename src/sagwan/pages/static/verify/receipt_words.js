// The sentences about a receipt in English and Korean, of the same meaning as those of `sagwan verify --receipt`.

const n = (count) => count.toLocaleString("en-US");

export const TOO_LARGE = { en: "this is not a receipt: it is too large for one", ko: "접수증이 아닙니다: 파일이 너무 큽니다" };

/** The file is no receipt; `why` in English, since it quotes the file. */
export const notReceipt = (why) => ({ en: `this is not a receipt: ${why}`, ko: `접수증이 아닙니다: ${why}` });

export const lacks = (name) => ({ en: `this is not a receipt: it lacks '${name}'`, ko: `접수증이 아닙니다: '${name}' 항목이 없습니다` });

export const noKey = (name) => ({
  en: `no key of ${name} is known; paste the one that you have from elsewhere`,
  ko: `${name}의 키를 알 수 없습니다. 다른 경로로 얻은 키를 붙여 넣으십시오`,
});

export const PROOF_UNKNOWN = {
  en: "the receipt's own proof was not taken into account: its cosignatures are of ML-DSA-44, which no browser verifies yet; use the command sagwan verify",
  ko: "접수증 자체의 증명은 고려하지 않음: 아직 브라우저로 확인할 수 없는 ML-DSA-44 공동 서명이 붙어 있음. sagwan verify 명령을 쓰십시오",
};

export const GENUINE = {
  en: "genuine: signed by the provider's receipts key, for this line and these items",
  ko: "진본: 사업자의 접수증 키가 이 줄과 이 항목에 대해 서명함",
};

export const invalid = (why) => ({ en: `proves nothing: ${why}`, ko: `증명하지 못함: ${why}` });

const OUTCOMES = { complied: "전부 제공", partial: "일부 제공", refused: "거부", "no-data": "자료 없음", withdrawn: "요청 철회" };
const WITHHELD = {
  "non-disclosure-order": { en: "a non-disclosure order stands, or the law keeps it closed", ko: "비공개 명령이 있거나 법률이 공개를 막음" },
  banded: { en: "the law allows only bands", ko: "법률이 구간만 허용함" },
  lost: { en: "the line was lost", ko: "줄을 잃어버림" },
};

/** `outcome` and `withheld` are empty where there is none. */
export function included(index, outcome, withheld) {
  const [en, ko] = [`in the log as entry ${n(index)}`, `로그의 ${n(index)}번 항목에 있음`];
  if (withheld) return { en: `${en}; not opened: ${WITHHELD[withheld].en}`, ko: `${ko}. 공개하지 않음: ${WITHHELD[withheld].ko}` };
  if (outcome) return { en: `${en}; its request ended as ${outcome}`, ko: `${ko}. 처리 결과: ${OUTCOMES[outcome]}` };
  return { en: `${en}; no outcome is published yet`, ko: `${ko}. 공개된 처리 결과 없음` };
}

const byProof = (index, size) => ({
  en: `in the log as entry ${n(index)}, by its own proof under a checkpoint of ${n(size)} entries`,
  ko: `자체 증명에 따라 로그의 ${n(index)}번 항목에 있음(항목 ${n(size)}개의 체크포인트)`,
});

/** The log was not looked into. */
export function proven(index, size) {
  const { en, ko } = byProof(index, size);
  return { en: `${en}; the published log was not looked into`, ko: `${ko}. 공개된 로그는 살펴보지 않음` };
}

export function olderFolder(index, size) {
  const { en, ko } = byProof(index, size);
  return { en: `${en}; what this site shows is older: come back later`, ko: `${ko}. 이 사이트의 로그는 그보다 오래되었으니 나중에 다시 확인하십시오` };
}

export const promised = (due) => ({ en: `not in the log yet; promised by ${due}`, ko: `아직 로그에 없음. ${due}까지 올리기로 약속됨` });

export const broken = (due) => ({
  en: `promise broken: due ${due}, and not in this log. Fetch the newest log and ask again; if it is still not there, this receipt proves it`,
  ko: `약속 위반: ${due}까지였으나 이 로그에 없음. 최신 로그로 다시 확인하고, 그래도 없으면 이 접수증이 그 증거임`,
});

export const rewritten = (index, size) => ({
  en: `promise broken: a signed checkpoint of ${n(size)} entries holds the line as entry ${n(index)}, and this log has another entry there: the log was rewritten, or you are shown another one. This receipt and this folder together prove it`,
  ko: `약속 위반: 서명된 체크포인트(항목 ${n(size)}개)에는 ${n(index)}번 항목으로 있으나 이 로그의 그 자리에는 다른 항목이 있음. 로그를 고쳐 썼거나 다른 로그를 보여 주는 것이며, 이 접수증과 이 폴더가 그 증거임`,
});

/** Due and not there, but signed by a key (`old`, an ID in hex) that is not believed for it. */
export function doubtful(due, old, fresh, since, stolen) {
  const en = `due ${due} and not in this log, but nobody can hold the provider to it: the key +${old} that signed it `;
  const ko = `${due}까지였으나 이 로그에 없음. 다만 사업자의 약속이라고 단정할 수 없음: 서명한 키 +${old}는 `;
  if (!stolen) return { en: `${en}had given way to +${fresh} on ${since}, before the promise is dated`, ko: `${ko}약속 날짜보다 앞선 ${since}에 +${fresh} 키로 교체됨` };
  return {
    en: `${en}is declared stolen (since ${since}; now +${fresh}), and a thief can write any date: a copy of the receipt that others saw before that day, or the provider's own records, must decide`,
    ko: `${ko}도난 신고됨(${since}부터. 현재 키 +${fresh}). 훔친 사람은 어떤 날짜든 적을 수 있으므로 그날 이전에 다른 사람이 본 사본이나 사업자의 기록으로 가려야 함`,
  };
}

/** Whom a holder tells of a broken promise. */
export function tell(witnesses) {
  const names = witnesses.length ? ` (${witnesses.join(", ")})` : "";
  return {
    en: `Tell the provider; your own superiors, or the authority's supervisor; the regulator of data protection or of telecommunications; and the log's witnesses${names}. Keep the receipt and a copy of the folder: whoever has the provider's key can check them.`,
    ko: `사업자, 소속 기관의 상급자 또는 감독기관, 개인정보 보호 또는 통신 규제기관, 그리고 로그의 증인${names}에게 알리십시오. 접수증과 공개 폴더의 사본을 보관하십시오. 사업자의 키를 가진 누구나 확인할 수 있습니다.`,
  };
}
