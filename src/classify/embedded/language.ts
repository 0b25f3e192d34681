/**
 * Which language a message is in. `eld`: its data comes with it, and its scores can be weighed against the desk's
 * locale. The languages and sentences it must tell apart are in the tests.
 */

interface Detector {
  detect(text: string): {
    readonly language: string;
    getScores(): Record<string, number>;
    isReliable(): boolean;
  };
}

export type LanguageOf = (text: string, locale: string | null) => string;

/** Fewer letters than this say nothing: "ok", "no", "refund". */
const fewestLetters = 8;
/** How much better than the runner-up the best guess must be, unless the desk's locale agrees with it. */
const clearLead = 0.045;

export async function loadLanguageDetector(): Promise<LanguageOf> {
  const { eld } = await import('eld/small');
  return (text, locale) => decide(eld, text.slice(0, 1_000), locale);
}

function decide(detector: Detector, text: string, locale: string | null): string {
  const words = text.replace(/\S*[@\d]\S*/gu, ' ');
  if ((words.match(/\p{L}/gu)?.length ?? 0) < fewestLetters) return shortScript(words);
  const result = detector.detect(words);
  const ranked = Object.entries(result.getScores()).sort((a, b) => b[1] - a[1]);
  const best = ranked[0];
  if (best === undefined) return 'und';
  const home = locale?.slice(0, 2).toLowerCase() ?? 'en';
  const near = ranked.filter(([, score]) => best[1] - score < clearLead).map(([language]) => language);
  if (near.includes(home)) return home;
  // "my parcel" looks Spanish by its letters: two words tell no language that the desk does not expect.
  const fewWords = /\p{Script=Latin}/u.test(words) && words.trim().split(/\s+/).length < 3;
  return result.isReliable() && !fewWords ? norwegianAsDanish(best[0], near) : 'und';
}

/** Bokmål and Danish share most short sentences; a shop's lexicon reads both as Danish. */
function norwegianAsDanish(language: string, near: readonly string[]): string {
  return language === 'no' && near.includes('da') ? 'da' : language;
}

/** Scripts of one language tell it in two signs. */
function shortScript(text: string): string {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  return /\p{Script=Hangul}/u.test(text) ? 'ko' : 'und';
}
