"""Runs `work` of a module against an org and prints what came of it: run.py MODULE URL TOKEN NAME KEY"""

import importlib
import json
import sys

from simple_salesforce import Salesforce

module, url, token, name, key = sys.argv[1:]
waits = []
try:
    import salesforce_retry

    salesforce_retry.RetryDefaults.wait = staticmethod(waits.append)
except ImportError:
    pass
error = None
try:
    importlib.import_module(module).work(Salesforce(instance_url=url, session_id=token), name, key)
except Exception as failure:
    error = {"type": type(failure).__name__, "text": str(getattr(failure, "content", failure))}
print(json.dumps({"error": error, "waits": waits}))
