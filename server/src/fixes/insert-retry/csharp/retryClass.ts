/** The class that the helper file holds. */
export const CLASS_NAME = 'SalesforceRetry';

/** The text of the class that a fix adds to a project once. @param polly whether it stands on Polly 8 */
export function retryClass(namespace: string | undefined, polly: boolean): string {
  const body = `    /// <summary>Repeats Salesforce requests after failures that pass by themselves. Written by API Guard for Salesforce; yours to change.</summary>
    public static class ${CLASS_NAME}
    {
        /// <summary>Salesforce has refused the whole request: nothing was written, a repeat is harmless.</summary>
        private static readonly HashSet<string> Refused = new HashSet<string> { "UNABLETOLOCKROW", "SERVERUNAVAILABLE" };

        /// <summary>The request may have been applied: only reads, and writes that may be applied twice, are sent again.</summary>
        private static readonly HashSet<string> Uncertain = new HashSet<string> { "UNKNOWNEXCEPTION" };

        private static readonly Random Chance = new Random();

        /// <summary>Attempts in all.</summary>
        public static int Attempts { get; set; } = 5;

        /// <summary>Longest wait before the second attempt; it doubles with each further one.</summary>
        public static TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(500);

        public static TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(10);

        /// <summary>No new attempt begins after this time.</summary>
        public static TimeSpan TotalTime { get; set; } = TimeSpan.FromSeconds(60);

        /// <summary>Told of each failure that is repeated, with the attempt's number and the wait: the place to log it.</summary>
        public static Action<Exception, int, TimeSpan> OnRetry { get; set; }

        /// <summary>Sends a request, and again after failures that pass by themselves; the original error is thrown when no more may be tried.</summary>
        /// <param name="request">Makes the request anew each time.</param>
        /// <param name="repeatable">True for a request that does no harm when it is applied twice: a read, an update by Id, an upsert by a unique external id. Never for a create.</param>
${polly ? ON_POLLY : OWN}
        /// <summary>The wait before the next attempt: full jitter. The clients show no headers, so that nobody knows how long an answer asks to wait.</summary>
        private static TimeSpan DelayAfter(int attempt)
        {
            double longest = Math.Min(LongestDelay.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1));
            lock (Chance) return TimeSpan.FromMilliseconds(Chance.NextDouble() * longest);
        }

        /// <summary>Whether a failure passes by itself and the request may be sent again after it.</summary>
        private static bool MayRepeat(Exception error, bool repeatable)
        {
            string code = CodeOf(error);
            if (code != null) return Passes(code, error.Message, repeatable);
            for (Exception each = error; each != null; each = each.InnerException)
            {
                if (each is SocketException socket && (socket.SocketErrorCode == SocketError.ConnectionRefused || socket.SocketErrorCode == SocketError.HostNotFound)) return true;
            }
            return repeatable && (error is HttpRequestException || error is TaskCanceledException || error is IOException);
        }

        private static bool Passes(string code, string message, bool repeatable)
        {
            string name = code.Replace("_", "").ToUpperInvariant();
            // The daily limit has the same code as the limit of concurrent requests, and does not pass within minutes.
            if (name == "REQUESTLIMITEXCEEDED") return message.IndexOf("concurrent", StringComparison.OrdinalIgnoreCase) >= 0;
            // A lock that a trigger or flow ran into arrives inside the message of another code.
            if (name == "CANNOTINSERTUPDATEACTIVATEENTITY" || name == "CANNOTEXECUTEFLOWTRIGGER") return message.Contains("UNABLE_TO_LOCK_ROW");
            return Refused.Contains(name) || (repeatable && Uncertain.Contains(name));
        }

        /// <summary>The code of an error: the clients have exceptions of their own, which say it in a property Error, or in the first of Errors.</summary>
        private static string CodeOf(Exception error)
        {
            object code = error.GetType().GetProperty("Error")?.GetValue(error);
            if (code == null && error.GetType().GetProperty("Errors")?.GetValue(error) is IEnumerable errors)
            {
                object first = errors.Cast<object>().FirstOrDefault();
                code = first?.GetType().GetProperty("ErrorCode")?.GetValue(first);
            }
            return code?.ToString();
        }
    }
`;
  const usings = ['System', 'System.Collections', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Net.Http', 'System.Net.Sockets', ...(polly ? ['System.Threading'] : []), 'System.Threading.Tasks', ...(polly ? ['Polly', 'Polly.Retry'] : [])];
  const head = usings.map((each) => `using ${each};\n`).join('');
  return namespace === undefined ? `${head}\n${body.replace(/^ {4}/gm, '')}` : `${head}\nnamespace ${namespace}\n{\n${body}}\n`;
}

const OWN = `        public static async Task<T> RunAsync<T>(Func<Task<T>> request, bool repeatable = false)
        {
            DateTime deadline = DateTime.UtcNow + TotalTime;
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    return await request().ConfigureAwait(false);
                }
                catch (Exception error)
                {
                    if (!MayRepeat(error, repeatable) || !await PauseAsync(error, attempt, deadline).ConfigureAwait(false)) throw;
                }
            }
        }

        /// <summary>The same for a request without an answer.</summary>
        public static async Task RunAsync(Func<Task> request, bool repeatable = false)
        {
            DateTime deadline = DateTime.UtcNow + TotalTime;
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    await request().ConfigureAwait(false);
                    return;
                }
                catch (Exception error)
                {
                    if (!MayRepeat(error, repeatable) || !await PauseAsync(error, attempt, deadline).ConfigureAwait(false)) throw;
                }
            }
        }

        /// <summary>Waits before the next attempt; false where there is none.</summary>
        private static async Task<bool> PauseAsync(Exception failure, int attempt, DateTime deadline)
        {
            TimeSpan delay = DelayAfter(attempt);
            if (attempt >= Attempts || DateTime.UtcNow + delay > deadline) return false;
            OnRetry?.Invoke(failure, attempt, delay);
            await Task.Delay(delay).ConfigureAwait(false);
            return true;
        }
`;

/** Every option of the library whose default is unsafe is written: it would repeat after every error, at the same distance. */
const ON_POLLY = `        public static async Task<T> RunAsync<T>(Func<Task<T>> request, bool repeatable = false)
        {
            return await Pipeline(repeatable).ExecuteAsync(async _ => await request().ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        }

        /// <summary>The same for a request without an answer.</summary>
        public static async Task RunAsync(Func<Task> request, bool repeatable = false)
        {
            await Pipeline(repeatable).ExecuteAsync(async _ => await request().ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        }

        private static ResiliencePipeline Pipeline(bool repeatable)
        {
            DateTime deadline = DateTime.UtcNow + TotalTime;
            return new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                ShouldHandle = arguments => new ValueTask<bool>(arguments.Outcome.Exception != null && DateTime.UtcNow < deadline && MayRepeat(arguments.Outcome.Exception, repeatable)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(DelayAfter(arguments.AttemptNumber + 1)),
                OnRetry = arguments =>
                {
                    OnRetry?.Invoke(arguments.Outcome.Exception, arguments.AttemptNumber + 1, arguments.RetryDelay);
                    return default;
                },
            }).Build();
        }
`;
