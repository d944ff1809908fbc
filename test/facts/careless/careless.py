import logging

from acme_crm import Client

client = Client('https://acme.my.salesforce.com')


def add(row):
    client.create('Account', row)


def drop(row):
    try:
        client.create('Account', row)
    except Exception as error:
        logging.debug('not saved')


def find(id):
    try:
        return client.retrieve('Account', id)
    except Exception as error:
        raise RuntimeError('not found')


def read_first():
    page = client.query('SELECT Id FROM Account')
    for row in page['records']:
        print(row['Name'])


def import_rows(rows):
    client.import_all(rows)


def again(row):
    while True:
        try:
            client.create('Account', row)
            return
        except Exception as error:
            print('once more')


def each(rows):
    for row in rows:
        client.create('Contact', row)


def spelt(row):
    try:
        client.create('Account', row)
    except Exception as error:
        if error.error_code != 'DUPLICATE_DETECTED':
            raise
        print('there already')


def twice(row):
    for attempt in range(3):
        try:
            client.create('Account', row)
            return
        except Exception as error:
            print('once more')
    raise RuntimeError('gave up')
