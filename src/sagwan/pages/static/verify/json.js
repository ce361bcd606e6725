// JSON, strictly (RFC 8259): numbers keep the text they were written with, objects are Maps in the order written,
// and a member that is named twice is an error. JSON.parse alone would hide all three.

import { Malformed } from "./notes.js";

/** A number as it was written. */
export class Written {
  constructor(text) {
    this.text = text;
  }
}

const TOKEN = /[ \t\r\n]*(?:([{}[\]:,])|("(?:[^"\\\u0000-\u001f]|\\["\\/bfnrtu])*")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(true|false|null))/y;
const DEEPEST = 64;

/** The value that a text holds; throws Malformed. */
export function parseJson(text) {
  const reader = { text, at: 0, token: null };
  next(reader);
  const value = readValue(reader, 0);
  if (reader.token !== "" || !/^[ \t\r\n]*$/.test(text.slice(reader.at))) throw new Malformed("text after the JSON's end");
  return value;
}

function next(reader) {
  TOKEN.lastIndex = reader.at;
  const found = TOKEN.exec(reader.text);
  if (!found) {
    reader.token = "";
    return;
  }
  reader.at = TOKEN.lastIndex;
  reader.token = found[1] ?? found[2] ?? found[3] ?? found[4];
}

function readValue(reader, depth) {
  const token = reader.token;
  if (token === "" || depth > DEEPEST) throw new Malformed(`not JSON at character ${reader.at}`);
  if (token === "{") return readObject(reader, depth);
  if (token === "[") return readArray(reader, depth);
  next(reader);
  if (token[0] === '"') return readString(token);
  if (/[-0-9]/.test(token[0])) return new Written(token);
  if (token === "true" || token === "false") return token === "true";
  if (token === "null") return null;
  throw new Malformed(`not JSON: '${token}' where a value must stand`);
}

function readString(token) {
  try {
    const value = JSON.parse(token);
    encodeURIComponent(value); // a lone surrogate is no text
    return value;
  } catch {
    throw new Malformed(`not a JSON text: ${token.slice(0, 60)}`);
  }
}

function readObject(reader, depth) {
  const members = new Map();
  next(reader);
  while (reader.token !== "}") {
    if (members.size) expect(reader, ",");
    if (reader.token[0] !== '"') throw new Malformed("a JSON object's member has no name");
    const name = readString(reader.token);
    next(reader);
    expect(reader, ":");
    if (members.has(name)) throw new Malformed(`a JSON object names '${name}' twice`);
    members.set(name, readValue(reader, depth + 1));
  }
  next(reader);
  return members;
}

function readArray(reader, depth) {
  const values = [];
  next(reader);
  while (reader.token !== "]") {
    if (values.length) expect(reader, ",");
    values.push(readValue(reader, depth + 1));
  }
  next(reader);
  return values;
}

function expect(reader, token) {
  if (reader.token !== token) throw new Malformed(`not JSON: '${reader.token}' where '${token}' must stand`);
  next(reader);
}

/** A value as reports write it: a blank of indent a level, one member a line. Takes Maps, arrays, texts, BigInts. */
export function writeJson(value, indent = "") {
  if (value instanceof Written) return value.text;
  if (typeof value === "bigint" || typeof value === "number") return String(value);
  const isMap = value instanceof Map;
  if (!isMap && !Array.isArray(value)) return JSON.stringify(value);
  const deeper = `${indent} `;
  const parts = isMap
    ? [...value].map(([name, one]) => `${JSON.stringify(name)}: ${writeJson(one, deeper)}`)
    : value.map((one) => writeJson(one, deeper));
  const [open, close] = isMap ? "{}" : "[]";
  return parts.length ? `${open}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${close}` : open + close;
}
