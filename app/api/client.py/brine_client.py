"""Client of the Brine platform: one file, the standard library alone, Python 3.8 or newer.

    from brine_client import Brine
    brine = Brine("http://127.0.0.1:3000", token="brine_...")
    calculation = brine.run({"structure": {...}, "properties": {"bands": {}}})
    brine.wait(calculation["id"])
    print(brine.results(calculation["id"])["scf"]["energyEv"])

Any procedure of the HTTP API (/api/openapi.json) can be called:
    brine.call("structures.list", {"limit": 10})
A token comes from the page "Access for programs" or from `brine token create NAME`.
Without arguments the address and the token are taken from BRINE_URL and BRINE_TOKEN.
"""
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

ENDED = ("finished", "failed", "killed")


class BrineError(Exception):
    """What the platform refused: `code` is stable, the message is for people."""

    def __init__(self, code, message, details=None, status=None):
        super().__init__(message)
        self.code = code
        self.details = details or {}
        self.status = status


class Brine:
    def __init__(self, url=None, token=None, timeout=60.0):
        """url: address of the platform. token: see above. timeout: seconds for one request."""
        self.url = (url or os.environ.get("BRINE_URL") or "http://127.0.0.1:3000").rstrip("/")
        self.token = token or os.environ.get("BRINE_TOKEN")
        self.timeout = timeout
        self._methods = None
        if not self.token:
            raise BrineError("unauthenticated", "Give a token, or set BRINE_TOKEN.")

    def call(self, procedure, input=None):
        """The result of a procedure of the HTTP API, such as "calculations.get"."""
        path = "/api/v1/" + urllib.parse.quote(procedure.replace(".", "/"))
        if self._method_of(procedure) == "POST":
            return self._request(path, json.dumps(input if input is not None else {}).encode())
        if input is not None:
            path += "?" + urllib.parse.urlencode({"input": json.dumps(input)})
        return self._request(path)

    def run(self, calculation, reuse=True):
        """Submits a calculation file (a dictionary); returns the calculation with its id."""
        return self.call("calculations.run", {**calculation, "useCache": bool(reuse)})

    def get(self, id):
        """A calculation with its state and its tree of processes."""
        return self.call("calculations.get", {"id": id})

    def results(self, id):
        """What a calculation has given: energies in eV, lengths in angstrom."""
        return self.call("calculations.results", {"id": id})

    def stop(self, id):
        return self.call("calculations.stop", {"id": id})

    def wait(self, id, timeout=None, poll=1.0):
        """The calculation once it has ended. Raises BrineError where it failed, TimeoutError where it takes longer (seconds)."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            calculation = self.get(id)
            if calculation["state"] in ENDED:
                break
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError("calculation %s is still %s" % (id, calculation["state"]))
            time.sleep(poll)
        if calculation["state"] != "finished":
            failure = calculation.get("failure") or {}
            raise BrineError(failure.get("code", calculation["state"]), failure.get("message", calculation["state"]))
        return calculation

    def calculations(self, **filters):
        """All calculations that the filters leave (text, state, ...), the newest first, page by page."""
        return self._pages("calculations.list", filters)

    def structures(self, **filters):
        return self._pages("structures.list", filters)

    def download(self, calculation_id, process_id, name):
        """The bytes of a file that a job left."""
        parts = [urllib.parse.quote(part, safe="/") for part in (calculation_id, "files", process_id, name)]
        return self._open("/api/calculations/" + "/".join(parts)).read()

    def _pages(self, procedure, filters):
        cursor = None
        while True:
            page = self.call(procedure, {**filters, "cursor": cursor})
            yield from page["items"]
            cursor = page["nextCursor"]
            if cursor is None:
                return

    def _method_of(self, procedure):
        if self._methods is None:
            paths = self._request("/api/openapi.json")["paths"]
            self._methods = {path[1:].replace("/", "."): next(iter(one)).upper() for path, one in paths.items()}
        if procedure not in self._methods:
            raise BrineError("not-found", "The platform has no procedure %s." % procedure)
        return self._methods[procedure]

    def _request(self, path, body=None):
        with self._open(path, body) as answer:
            return json.loads(answer.read().decode())

    def _open(self, path, body=None):
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        try:
            return urllib.request.urlopen(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            try:
                told = json.loads(error.read().decode())["error"]
            except (ValueError, KeyError):
                told = {"message": "The platform answered %d." % error.code}
            raise BrineError(told.get("code", "internal"), told["message"], told.get("details"), error.code) from None
        except urllib.error.URLError as error:
            raise BrineError("unavailable", "The platform cannot be reached: %s" % error.reason) from None
