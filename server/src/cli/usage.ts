/** What `--help` prints, and what stands below a complaint about the arguments. */
export const USAGE = `Usage: api-guard check [--format text|json] PATH...
       api-guard explain [--format text|json] CODE | "MESSAGE" | FILE | -
       api-guard explain --list [--format text|json]

check    Checks JavaScript and TypeScript below each PATH for Salesforce API calls whose failures nothing handles.
explain  Says what a Salesforce error means and what to do first: for a code, a pasted message, a JSON or XML body, a SOAP fault, a log line,
         or each distinct error of a log file. "-" reads what is piped in.

  --format text|json   how to print the result; json of check is the call report (default: text)
  --list               every code that can be explained, with its family
  --help               this text
  --version            the version

Exit code of check: 0 no findings, 1 findings, 2 could not run.
Exit code of explain: 0 explained, 1 nothing of it is known, 2 could not run.
`;
