"""The nightly load of prices, in another language: error codes are explained here too."""
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceError


def load(sf: Salesforce, prices: list[dict]) -> list[dict]:
    refused = []
    for price in prices:
        try:
            sf.PricebookEntry.update(price["Id"], {"UnitPrice": price["amount"]})
        except SalesforceError as error:
            if error.content[0]["errorCode"] != "ENTITY_IS_DELETED":
                refused.append(price)
    return refused
