// Check 5: every published line is the one that was sealed, and obeys the grammar. What is well-formed is counted,
// even where it is not what was sealed: that is this check's to say, and the table's to recount what is published.

import { hex, same, sha256, unhex, utf8 } from "./bytes.js";
import { openingsFiles } from "./folder.js";
import { Malformed } from "./notes.js";
import { parseOpening, parseWithheld } from "./opening.js";
import { Requests } from "./requests.js";
import { LIMITS } from "./source.js";

const AT_ONCE = 4096; // lines, before the page may breathe
const PIECE = 1 << 20; // bytes that a worker hashes at a time
const LF = 10;
const ascii = new TextDecoder("latin1");

export class Openings {
  constructor(source, log, findings) {
    Object.assign(this, { source, log, findings });
    this.requests = new Requests(findings, (index) => this.lineAt(index));
    this.files = []; // {first, lines}
    this.late = new Map(); // log index → line
    this.withheld = new Map(); // log index → reason
    this.reports = []; // {file, index, opening}
    this.uncompared = 0;
    this.hashed = new Map(); // path → promise of its lines' digests, begun early
  }

  /** Fetch and hash a half-year's first file while the log is read. */
  begin(half, pool) {
    const [[path] = []] = openingsFiles(half);
    if (!path) return;
    const digests = this.bytesOf(path).then((bytes) => hashes(bytes, pool));
    this.hashed.set(path, digests);
    digests.catch(() => null); // `readFile` hears of it
  }

  /** Check and count a half-year: {opened, withheld: {reason: count}}. */
  async read(half, pool, progress) {
    this.requests.begin(half);
    await this.readLate(half);
    const result = { opened: 0, withheld: {} };
    const files = openingsFiles(half);
    for (const [n, [path, start]] of files.entries()) {
      const end = files[n + 1]?.[1] ?? half.cut;
      const bytes = await this.bytesOf(path);
      const count = await this.readFile(path, bytes, start, end, half.period, pool, result, progress);
      if (count !== end - start) {
        this.findings.add(6, path, "opened and withheld lines are not as many as entries", `${end - start} lines`, `${count} lines`, Math.min(start + count, end));
      }
    }
    return result;
  }

  async bytesOf(path) {
    try {
      return (await this.source.get(path, LIMITS.openings)) ?? new Uint8Array();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return new Uint8Array(); // check 4 has named it
    }
  }

  async readFile(path, bytes, first, end, period, pool, result, progress) {
    const lines = ascii.decode(bytes).split("\n");
    const whole = lines.length - 1; // after the last line feed comes nothing, or a line that is cut and not counted
    if (lines.at(-1) === "") lines.pop();
    else this.fail(path, first + lines.length - 1, "the last line does not end in a line feed", "LF", "end");
    const digests = await (this.hashed.get(path) ?? hashes(bytes, pool));
    this.hashed.delete(path);
    this.files.push({ first, lines: lines.slice(0, Math.min(whole, Math.max(0, end - first))) });
    for (let n = 0; n < whole && first + n < end; n++) {
      const index = first + n;
      const opening = this.readLine(path, index, lines[n], digests.subarray(32 * n, 32 * n + 32), result);
      if (opening) this.count(path, index, opening, period);
      if (n % AT_ONCE === 0) {
        progress(index);
        await new Promise((go) => setTimeout(go));
      }
    }
    progress(Math.min(end, first + lines.length));
    return lines.length;
  }

  /** A well-formed opening line, or null; what does not hold goes to check 5. */
  readLine(file, index, line, digest, result) {
    const notice = parseWithheld(line);
    if (notice?.error) return this.fail(file, index, notice.error, "withheld TAB reason TAB commitment", line.slice(0, 200));
    if (notice) {
      this.withheld.set(index, notice.reason);
      result.withheld[notice.reason] = (result.withheld[notice.reason] ?? 0) + 1;
      this.compare(file, index, unhex(notice.commitment));
      return null;
    }
    this.compare(file, index, digest);
    const opening = parseOpening(line);
    if (opening.error) return this.fail(file, index, opening.error, "a line of sagwan/1", line.slice(0, 200));
    result.opened += 1;
    return opening;
  }

  count(file, index, opening, period) {
    if (opening.period !== period) this.fail(file, index, "the line is dated into another half-year", period, opening.period);
    if (opening.kind === "report") this.reports.push({ file, index, opening });
    this.requests.enter(file, index, opening, period);
  }

  compare(file, index, found) {
    const entry = this.log.entry(index);
    if (entry === null) this.uncompared += 1;
    else if (!same(entry, found)) this.fail(file, index, "the line is not the one that was sealed", hex(entry), hex(found));
  }

  fail(file, index, message, expected, found) {
    this.findings.add(5, file, message, expected, found, index);
    return null;
  }

  /** Entries of earlier half-years, withheld then and opened now, in log order. */
  async readLate(half) {
    const file = `openings/${half.period}/late.tsv`;
    const bytes = await this.bytesOf(file);
    if (!bytes.length) return;
    const lines = ascii.decode(bytes).split("\n");
    if (lines.pop() !== "") this.fail(file, null, "the last line does not end in a line feed", "LF", "end");
    let before = -1;
    for (const written of lines) {
      const [, digits, line] = /^(0|[1-9][0-9]{0,14})\t(.*)$/s.exec(written) ?? [];
      if (digits === undefined) {
        this.fail(file, null, "the line does not begin with a log index and a TAB", "index TAB line", written.slice(0, 80));
        continue;
      }
      const index = Number(digits);
      const home = this.requests.home(index);
      if (index <= before) this.findings.add(6, file, "late lines are in log order", `an index above ${before}`, index, index);
      else if (index >= half.first || !home || !this.withheld.has(index)) {
        this.findings.add(6, file, "only an entry withheld before can be opened late", `an entry below ${half.first} that is withheld`, `entry ${index} is not`, index);
      } else this.openLate(file, index, line, home.period);
      before = Math.max(before, index);
    }
  }

  openLate(file, index, line, period) {
    const opening = this.readLine(file, index, line, sha256(latin1(line)), { opened: 0, withheld: {} });
    if (!opening) return;
    this.withheld.delete(index);
    this.late.set(index, line);
    this.count(file, index, opening, period);
  }

  /** The published line of an entry, or null where it is withheld or was never read. */
  lineAt(index) {
    if (this.late.has(index)) return this.late.get(index);
    const file = this.files.findLast((one) => index >= one.first && index < one.first + one.lines.length);
    const line = file?.lines[index - file.first] ?? null;
    return line?.startsWith("withheld\t") ? null : line;
  }

  /** The opened lines of a request, in log order: [index, opening]. */
  *linesOf(request) {
    const found = [...this.late];
    for (const { first, lines } of this.files) lines.forEach((line, n) => line.includes(request) && found.push([first + n, line]));
    found.sort(([one], [other]) => one - other);
    for (const [index, line] of found) {
      const opening = parseOpening(line);
      if (opening.request === request) yield [index, opening];
    }
  }
}

/** The bytes of a text that `ascii` decoded; what is not ASCII cannot be well-formed, and fails either way. */
const latin1 = utf8;

/** The digests of a file's lines, hashed piece by piece in the workers. */
async function hashes(bytes, pool) {
  const pieces = [];
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(LF, Math.min(at + PIECE, bytes.length - 1));
    const end = found < 0 ? bytes.length : found + 1;
    pieces.push(pool.do("lines", bytes.subarray(at, end)));
    at = end;
  }
  const done = await Promise.all(pieces);
  const out = new Uint8Array(done.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of done) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

