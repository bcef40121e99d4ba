import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonObject } from '@/lib/server/api/json';

const read = (text: string) => readJsonObject(Buffer.from(text));

describe('a body of JSON', () => {
  it('is read as JSON is', () => {
    const texts = fc.dictionary(
      fc.string(),
      fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is an object', () => {
    for (const text of ['', '[]', 'null', '1', '"{}"', '{} {}', '{"a":1', "{'a':1}", '{"a":"']) {
      expect(read(text), text).toBeNull();
    }
  });

  it('has each name once in an object, however it is spelled, and again in others', () => {
    for (const text of [
      '{"a":1,"a":1}',
      String.raw`{"a":1,"\u0061":1}`,
      '{"b":[{"a":1 , "a" : 1}]}',
      String.raw`{"\\":1,"\\":1}`,
    ]) {
      expect(read(text), text).toBeNull();
    }
    const text = String.raw`{"a":{"a":[{"a":"a"},{"a":"\",\"a\":"}]},"b":":","\"a":1}`;
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('keeps names that mean something in JavaScript as names', () => {
    const value = read('{"__proto__":{"a":1}}');
    expect(Object.keys(value ?? {})).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('says whole characters, by bytes and by escapes', () => {
    expect(read(String.raw`{"a":"\ud83d\ude00"}`)).toEqual({ a: '😀' });
    expect(read(String.raw`{"a":"\\ud800"}`)).toEqual({ a: String.raw`\ud800` });
    for (const half of ['\\ud83d', '\\ude00', '\\ude00\\ud83d', 'a\\uDC00b']) {
      expect(read(`{"a":["${half}"]}`), half).toBeNull();
      expect(read(`{"${half}":1}`), half).toBeNull();
    }
  });

  it('is shallow, has few names, and is UTF-8', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(read(nested(7))).not.toBeNull();
    expect(read(nested(8))).toBeNull();
    const named = (count: number) =>
      JSON.stringify(
        Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${String(n)}`, n])),
      );
    expect(read(named(500))).not.toBeNull();
    expect(read(named(501))).toBeNull();
    expect(readJsonObject(Buffer.from('{"a":"é"}', 'latin1'))).toBeNull();
  });
});
