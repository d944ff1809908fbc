/** What `--help` prints, and what stands below a complaint about the arguments. */
export const USAGE = `Usage: api-guard check [--format text|json] [--fix [--rule RULE]... [--allow-dirty]] PATH...
       api-guard explain [--format text|json] CODE | "MESSAGE" | FILE | -
       api-guard explain --list [--format text|json]
       api-guard limits [--org ALIAS | --instance-url URL] [--format text|json] [--fail-over PERCENT]

check    Checks JavaScript, TypeScript, Python, Java and C# below each PATH for Salesforce API calls whose failures nothing handles.
explain  Says what a Salesforce error means and what to do first: for a code, a pasted message, a JSON or XML body, a SOAP fault, a log line,
         or each distinct error of a log file. "-" reads what is piped in.
limits   Shows how much of its API limits an org has used, for one API request: the Salesforce CLI's default org, the one that --org names, or the
         org at --instance-url with the access token in the environment variable API_GUARD_ACCESS_TOKEN.

  --fix                mend what can be mended without changing anything that happens where the calls succeed, then check
  --rule RULE          with --fix: mend the findings of this rule, by its first fix, and no others; may stand several times
  --allow-dirty        with --fix: change files even where git knows of changes that are not committed
  --format text|json   how to print the result; json of check is the call report (default: text)
  --org ALIAS          alias or username of an org that the Salesforce CLI is logged in to
  --instance-url URL   address of an org, for example https://example.my.salesforce.com
  --fail-over PERCENT  end with 1 where so much of any limit is used, or more
  --list               every code that can be explained, with its family
  --help               this text
  --version            the version

Exit code of check: 0 no findings but hints, 1 findings, 2 could not run, or could not write a file.
Exit code of explain: 0 explained, 1 nothing of it is known, 2 could not run.
Exit code of limits: 0 read, 1 a limit has reached --fail-over, 2 could not run.
`;
