import { amountText, percentText } from '../limits/figures.ts';
import { parseLimitInfo } from '../limits/limitInfo.ts';

/** A header as answers, logs and dumped objects write it: `Retry-After: 37`, `< retry-after: 37`, `"retry-after": ["37"]`; Marketing Cloud has `"retryAfter": 37` in the body too. */
const HEADER = /(?<![\w-])(retry-after|sforce-limit-info|(?<=")retryAfter(?="))["']?\s{0,4}(?::|=>|=)\s{0,4}\[?\s{0,4}(?:"([^"\n]{1,300})"|'([^'\n]{1,300})'|([^"'\s[\]][^\n]{0,300}))/gi;

/** More are a log, whose last ones are the present. */
const MOST = 3;

/**
 * What headers of answers in a text tell about limits. Marketing Cloud has no list of limits: `Retry-After` is all that it tells. The platform tells the requests
 * of the last 24 hours in `Sforce-Limit-Info` (REST API Developer Guide, Limit Info Header).
 */
export class LimitHeaders {
  #sentences: string[] = [];

  /** Adds what a piece of the text holds; pieces end at line ends. */
  add(text: string): this {
    for (const [, name = '', ...quoted] of text.matchAll(HEADER)) {
      const value = quoted.find((each) => each !== undefined)?.trim() ?? '';
      const sentence = /^retry/i.test(name) ? retryAfter(value) : limitInfo(value);
      if (sentence !== undefined) this.#sentences = [...this.#sentences.filter((each) => each !== sentence), sentence].slice(-MOST);
    }
    return this;
  }

  /** One for each thing that was told, in plain text. */
  get sentences(): readonly string[] {
    return this.#sentences;
  }
}

/** Seconds or a date (RFC 9110, section 10.2.3). */
function retryAfter(value: string): string | undefined {
  const seconds = /^(\d{1,6})(?!\d)/.exec(value)?.[1];
  if (seconds !== undefined) return `Retry-After: nothing is to be sent again before ${Number(seconds) === 1 ? '1 second has' : `${Number(seconds)} seconds have`} passed.`;
  const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT/.exec(value)?.[0];
  return date && `Retry-After: nothing is to be sent again before ${date}.`;
}

function limitInfo(value: string): string | undefined {
  const usage = parseLimitInfo(value);
  if (!usage || usage.maximum <= 0) return undefined;
  const { used, maximum, app } = usage;
  const whole = `Sforce-Limit-Info: with this answer the org had used ${amountText(used, undefined)} of its ${amountText(maximum, undefined)} API requests of 24 hours (${percentText((used / maximum) * 100)}).`;
  return app ? `${whole} The connected app "${app.name}" had used ${amountText(app.used, undefined)} of its ${amountText(app.maximum, undefined)}.` : whole;
}
