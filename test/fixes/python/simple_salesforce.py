"""What the tests use of simple-salesforce, over the standard library: the same calls, the same errors."""

import json
import urllib.error
import urllib.request


class SalesforceError(Exception):
    def __init__(self, url, status, resource_name, content):
        super().__init__(url, status, resource_name, content)
        self.url = url
        self.status = status
        self.resource_name = resource_name
        self.content = content


class SalesforceMalformedRequest(SalesforceError):
    pass


class SalesforceExpiredSession(SalesforceError):
    pass


class SalesforceGeneralError(SalesforceError):
    pass


class Salesforce:
    def __init__(self, instance_url, session_id):
        self.base_url = instance_url + "/services/data/v60.0/"
        self.session_id = session_id

    def __getattr__(self, name):
        return SFType(self, name)

    def send(self, method, path, data):
        body = None if data is None else json.dumps(data).encode()
        headers = {"Authorization": "Bearer " + self.session_id, "Content-Type": "application/json"}
        request = urllib.request.Request(self.base_url + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                text = answer.read()
                return json.loads(text) if text else answer.status
        except urllib.error.HTTPError as failure:
            text = failure.read().decode()
            try:
                content = json.loads(text)
            except ValueError:
                content = text
            status = failure.code
        kind = {400: SalesforceMalformedRequest, 401: SalesforceExpiredSession}.get(status, SalesforceGeneralError)
        raise kind(request.full_url, status, path, content)


class SFType:
    def __init__(self, sf, name):
        self.sf = sf
        self.path = "sobjects/" + name + "/"

    def create(self, data):
        return self.sf.send("POST", self.path, data)

    def update(self, key, data):
        return self.sf.send("PATCH", self.path + key, data)
