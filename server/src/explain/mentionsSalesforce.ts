/** Names that only its users write, and the shape in which its REST API answers with an error. */
const TRACE = /salesforce|\bforce\.com|sforce|\bsobjects?\b|\bsoql\b|restforce|marketing ?cloud|exacttarget|fuelsdk|\{\s*"(?:message|errorCode)"\s*:\s*"[^"]*"\s*,\s*"(?:message|errorCode|fields)"/i;
/** Text looked at, in UTF-16 code units: who works with Salesforce says so near the top. */
const REACH = 200_000;

/** Whether a text of any language, a log or a body has to do with Salesforce, so that words other systems use too may be explained in it. */
export function mentionsSalesforce(text: string): boolean {
  return TRACE.test(text.slice(0, REACH));
}
