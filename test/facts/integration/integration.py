import os

from acme_crm import Client, SessionExpired
import acme_http as http

client = Client('https://acme.my.salesforce.com')


def login(user, password):
    client.login(user, password)


def read_all(soql):
    page = client.query(soql)
    rows = [*page['records']]
    while not page['done']:
        page = client.query_more(page['nextRecordsUrl'])
        rows.append(page['records'])
    return rows


def save_all(rows):
    results = client.create_all(rows)
    for result in results:
        if not result['success']:
            raise RuntimeError(f"not saved: {result['id']}")


def publish(event):
    response = http.post('https://acme.my.salesforce.com/services/data/v60.0/sobjects/Order__e', event)
    if response.status >= 400:
        raise RuntimeError('refused')
    return response.status


def with_retry(work):
    for attempt in range(3):
        try:
            return work()
        except Exception as error:
            if error.error_code != 'UNABLE_TO_LOCK_ROW':
                raise
    raise RuntimeError('gave up')


def retrieve(id):
    try:
        return client.retrieve(id)
    except SessionExpired:
        client.login(os.environ['CRM_USER'], os.environ['CRM_PASSWORD'])
        return client.retrieve(id)


def copy():
    rows = read_all('SELECT Id, Name FROM Account')
    with_retry(lambda: save_all(rows))
