using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using Acme.Crm;

namespace Acme.Sync
{
    public class Integration
    {
        private readonly Client client = new Client("https://acme.my.salesforce.com");

        public async Task LoginAsync(string user, string password)
        {
            await client.LoginAsync(user, password);
        }

        public async Task<List<object>> ReadAllAsync(string soql)
        {
            var page = await client.QueryAsync(soql);
            var rows = new List<object>(page.Records);
            while (!page.Done)
            {
                page = await client.QueryMoreAsync(page.NextRecordsUrl);
                rows.AddRange(page.Records);
            }
            return rows;
        }

        public async Task SaveAllAsync(List<object> rows)
        {
            var results = await client.CreateAllAsync(rows);
            foreach (var result in results)
            {
                if (!result.Success) throw new InvalidOperationException($"not saved: {result.Id}");
            }
        }

        public async Task<int> PublishAsync(HttpClient http, HttpContent body)
        {
            var response = await http.PostAsync("https://acme.my.salesforce.com/services/data/v60.0/sobjects/Order__e", body);
            if ((int)response.StatusCode >= 400) throw new InvalidOperationException("refused");
            return (int)response.StatusCode;
        }

        public async Task<T> WithRetryAsync<T>(Func<Task<T>> work)
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                try
                {
                    return await work();
                }
                catch (CrmException error) when (error.ErrorCode == "UNABLE_TO_LOCK_ROW")
                {
                }
            }
            throw new InvalidOperationException("gave up");
        }

        public async Task<object> RetrieveAsync(string id)
        {
            try
            {
                return await client.RetrieveAsync(id);
            }
            catch (SessionExpiredException)
            {
                await client.LoginAsync(Environment.GetEnvironmentVariable("CRM_USER"), Environment.GetEnvironmentVariable("CRM_PASSWORD"));
                return await client.RetrieveAsync(id);
            }
        }

        public async Task CopyAsync()
        {
            var rows = await ReadAllAsync("SELECT Id, Name FROM Account");
            await WithRetryAsync(() => SaveAllAsync(rows));
        }
    }
}
