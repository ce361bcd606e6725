// The verdict's sentences in English and Korean, as `sagwan verify` words them. Failures are named in English in
// both, as in the command's JSON; Korean pages show them by told.js.

export const NAMES = {
  1: { en: "Signed and witnessed", ko: "서명과 증인" },
  2: { en: "Every checkpoint holds", ko: "모든 체크포인트" },
  3: { en: "Nothing rewritten", ko: "고쳐 쓰지 않음" },
  4: { en: "The report is sealed", ko: "보고서 봉인" },
  5: { en: "Every line is the one sealed", ko: "봉인된 그대로의 줄" },
  6: { en: "Every request follows the rules", ko: "요청의 앞뒤" },
  7: { en: "The table, recounted", ko: "다시 센 표" },
};

export const LIMITS = {
  en: "No log can force a provider to enter a request, stop it from inventing one, or stop it from misstating an outcome for which nobody holds a receipt. What a report merely states is not recounted.",
  ko: "어떤 로그도 사업자가 요청을 빠짐없이 올리게 하거나, 없는 요청을 지어내지 못하게 하거나, 아무도 접수증을 갖고 있지 않은 처리 결과를 잘못 적지 못하게 할 수는 없습니다. 보고서가 말로만 밝힌 값은 다시 세지 않았습니다.",
};

const n = (count) => count.toLocaleString("en-US");
const BY = {
  reader: { en: "a key that you named", ko: "직접 지정한 키" },
  memory: { en: "the key remembered from an earlier visit", ko: "이전 방문에서 기억한 키" },
  folder: { en: "the key that the folder itself names", ko: "폴더가 스스로 내세운 키" },
};

export const NO_ED25519 = {
  en: "not checked: this browser cannot verify Ed25519 signatures; use a newer one, an https address, or the command sagwan verify",
  ko: "확인하지 못함: 이 브라우저는 Ed25519 서명을 확인할 수 없습니다. 새 브라우저나 https 주소, 또는 sagwan verify 명령을 쓰십시오",
};

/** Beside check 1: a cosignature that is there, and that is all. */
export const notVerified = ({ name, id }) => ({
  en: `${name}+${id}: its cosignature of ML-DSA-44 is there, and was not verified: no browser can yet. It counts neither for nor against; sagwan verify checks it`,
  ko: `${name}+${id}: ML-DSA-44 공동 서명이 있으나 확인하지 못함. 아직 브라우저로는 확인할 수 없으므로 있는 것으로도 없는 것으로도 세지 않음. sagwan verify 명령이 확인함`,
});

export const UNVERIFIED_QUORUM = {
  en: "whether your quorum is met rests on cosignatures of ML-DSA-44, which no browser verifies yet; use the command sagwan verify",
  ko: "정족수를 채웠는지가 아직 브라우저로 확인할 수 없는 ML-DSA-44 공동 서명에 달려 있습니다. sagwan verify 명령을 쓰십시오",
};

export const UNVERIFIED_TIMES = {
  en: "the entries hash to the checkpoints' roots, but the times rest on cosignatures of ML-DSA-44, which no browser verifies yet",
  ko: "항목의 해시는 체크포인트의 루트와 일치하나, 시각은 아직 브라우저로 확인할 수 없는 ML-DSA-44 공동 서명에 달려 있습니다",
};

export const failed = (count, first) => ({
  en: `${count === 1 ? "1 failure" : `${n(count)} failures`}: ${first}`,
  ko: `실패 ${n(count)}건: ${first}`,
});

export const notChecked = (why) => ({ en: `not checked: ${why.en ?? why}`, ko: `확인하지 못함: ${why.ko ?? why}` });

/** Check 1; `quorum` "none" where no witness is asked for; `followed` the handovers that lead to the keys. */
export function signed(anchor, quorum, followed) {
  const by = BY[anchor];
  let { en, ko } = { en: `signed by ${by.en}`, ko: `${by.ko}로 서명됨` };
  if (anchor === "folder") [en, ko] = [`self-declared: ${en}; name a key that you have from elsewhere`, `자기 선언: ${ko}. 다른 경로로 얻은 키를 지정하십시오`];
  if (quorum === "none") [en, ko] = [`${en}; not witnessed`, `${ko}. 증인 없음`];
  else if (anchor !== "folder") [en, ko] = [`${en}, and cosigned as your quorum ${quorum} asks`, `${by.ko}로 서명되고, 정족수 ${quorum}대로 증인이 함께 서명함`];
  for (const one of followed) {
    const [how, so] = one.reason === "stolen" ? ["was stolen and gave way", "도난당하여"] : ["gave way", "교체되어"];
    en += `; key +${one.old.id} ${how} to +${one.new.id} at ${n(one.size)} entries (handover ${one.number})`;
    ko += `. 키 +${one.old.id}: 항목 ${n(one.size)}개에서 ${so} +${one.new.id} 키로 승계됨(승계 문서 ${one.number})`;
  }
  return { en, ko };
}

export const hashed = (entries, checkpoints, dated) => ({
  en: `${n(entries)} entries hash to the roots of ${n(checkpoints)} checkpoints; ${dated ? "no gap is longer than announced" : "undated: no witness that you name vouches for the times"}`,
  ko: `항목 ${n(entries)}개의 해시가 체크포인트 ${n(checkpoints)}개의 루트와 일치함. ${dated ? "알린 주기를 넘는 공백 없음" : "시각 미확인: 시각을 보증하는 지정 증인이 없음"}`,
});

export const consistent = (size) => ({
  en: `each report begins where the last one ended; ${size === null ? "nothing remembered from an earlier visit" : `the ${n(size)} entries seen before are unchanged`}`,
  ko: `각 보고서는 앞 보고서가 끝난 곳에서 시작함. ${size === null ? "이전 방문의 기억 없음" : `전에 본 항목 ${n(size)}개도 그대로임`}`,
});

export const bound = (reports) => ({
  en: `${reports === 1 ? "1 report is" : `${reports} reports are`} sealed in the log, file by file`,
  ko: `보고서 ${reports}건이 파일마다 로그에 봉인되어 있음`,
});

export const opened = (lines) => ({ en: `${n(lines)} published lines are what was sealed`, ko: `공개된 ${n(lines)}줄이 봉인된 그대로임` });

export function followed(lines, withheld) {
  const total = lines + withheld;
  if (!withheld) {
    return {
      en: `all ${n(total)} entries are opened; each request in its order, none twice`,
      ko: `항목 ${n(total)}개가 모두 공개됨. 요청마다 앞뒤가 맞고 두 번 센 것이 없음`,
    };
  }
  const share = `${((100 * withheld) / total).toFixed(1)} %`;
  return {
    en: `${n(lines)} opened + ${n(withheld)} withheld = ${n(total)} entries; ${share} withheld: totals are floors`,
    ko: `공개 ${n(lines)} + 비공개 ${n(withheld)} = 항목 ${n(total)}개. ${share} 비공개: 합계는 하한값임`,
  };
}

export const recounted = (rows) => ({
  en: `${rows === 1 ? "1 row" : `${n(rows)} rows`} recounted from the opened lines, the same in JSON and CSV`,
  ko: `공개된 줄에서 ${n(rows)}행을 다시 세었고 JSON과 CSV 모두 같음`,
});

/** A figure that the law allows only in bands, as the verdict's document has it. */
export function banded({ names, jurisdiction, about, measure, low, high, width, citation }) {
  const band = `${n(low)}-${n(high)}`;
  const [en, ko] = { requested: ["requested", "요청"], "accounts-asked": ["accounts asked for", "요청된 계정"] }[measure];
  return {
    en: `stated, not recounted: ${names.en} (${jurisdiction}), ${about}, ${en}: ${band}; ${citation.en} allows bands of ${n(width)}`,
    ko: `말로 밝힌 값(다시 세지 않음): ${names.ko}(${jurisdiction}), ${about}, ${ko}: ${band}. ${citation.ko}가 ${n(width)} 단위의 구간만 허용함`,
  };
}
