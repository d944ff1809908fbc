using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using Acme.Crm;

namespace Acme.Sync
{
    public class Careless
    {
        private readonly Client client = new Client("https://acme.my.salesforce.com");

        public async Task Add(Row row)
        {
            await client.CreateAsync("Account", row);
        }

        public async Task Drop(Row row)
        {
            try
            {
                await client.CreateAsync("Account", row);
            }
            catch (Exception error)
            {
                Debug.WriteLine("not saved");
            }
        }

        public async Task<Row> Find(string id)
        {
            try
            {
                return await client.RetrieveAsync("Account", id);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException("not found");
            }
        }

        public async Task ReadFirst()
        {
            var page = await client.QueryAsync("SELECT Id FROM Account");
            foreach (var row in page.Records) Console.WriteLine(row.Name);
        }

        public async Task ImportRows(List<Row> rows)
        {
            await client.ImportAllAsync(rows);
        }

        public async Task Again(Row row)
        {
            while (true)
            {
                try
                {
                    await client.CreateAsync("Account", row);
                    return;
                }
                catch (Exception error)
                {
                    Console.WriteLine("once more");
                }
            }
        }

        public async Task Each(List<Row> rows)
        {
            foreach (var row in rows)
            {
                await client.CreateAsync("Contact", row);
            }
        }

        public async Task Spelt(Row row)
        {
            try
            {
                await client.CreateAsync("Account", row);
            }
            catch (CrmException error)
            {
                if (error.ErrorCode != "DUPLICATE_DETECTED") throw;
                Console.WriteLine("there already");
            }
        }

        public async Task Twice(Row row)
        {
            for (int attempt = 0; attempt < 3; attempt++)
            {
                try
                {
                    await client.CreateAsync("Account", row);
                    return;
                }
                catch (Exception error)
                {
                    Console.WriteLine("once more");
                }
            }
            throw new InvalidOperationException("gave up");
        }
    }
}
