package com.acme.sync;

import com.acme.crm.Client;
import com.acme.crm.CrmException;
import com.acme.crm.Page;
import com.acme.crm.Row;
import java.util.List;
import java.util.logging.Logger;

public class Careless {
    private static final Logger log = Logger.getLogger("careless");
    private final Client client = new Client("https://acme.my.salesforce.com");

    public void add(Row row) throws CrmException {
        client.create("Account", row);
    }

    public void drop(Row row) {
        try {
            client.create("Account", row);
        } catch (CrmException error) {
            log.fine("not saved");
        }
    }

    public Row find(String id) {
        try {
            return client.retrieve("Account", id);
        } catch (CrmException error) {
            throw new IllegalStateException("not found");
        }
    }

    public void readFirst() throws CrmException {
        Page page = client.query("SELECT Id FROM Account");
        for (Row row : page.getRecords()) {
            System.out.println(row.getName());
        }
    }

    public void importRows(List<Row> rows) throws CrmException {
        client.importAll(rows);
    }

    public void again(Row row) {
        while (true) {
            try {
                client.create("Account", row);
                return;
            } catch (CrmException error) {
                System.out.println("once more");
            }
        }
    }

    public void each(List<Row> rows) throws CrmException {
        for (Row row : rows) {
            client.create("Contact", row);
        }
    }

    public void spelt(Row row) throws CrmException {
        try {
            client.create("Account", row);
        } catch (CrmException error) {
            if (!error.getErrorCode().equals("DUPLICATE_DETECTED")) throw error;
            System.out.println("there already");
        }
    }

    public void twice(Row row) {
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                client.create("Account", row);
                return;
            } catch (CrmException error) {
                System.out.println("once more");
            }
        }
        throw new IllegalStateException("gave up");
    }
}
