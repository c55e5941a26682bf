"""Client of the Brine platform: one file, the standard library alone, Python 3.8 or newer.

    import brine
    silicon = brine.structures.example("silicon")
    calculation = brine.calculations.submit(silicon, properties={"bands": {}})
    results = calculation.wait()
    print(results.energy_ev, results.gap["gapEv"])
    results.bands.plot()

The address and the token are taken from BRINE_URL and BRINE_TOKEN, which a notebook of the platform has. A script says
`brine.connect("http://127.0.0.1:3000", token="brine_...")`; a token comes from the page "Access for programs" or from
`brine token create NAME`. Any procedure of the HTTP API (/api/openapi.json) can be called:
    brine.Brine().call("structures.list", {"limit": 10})
"""
import copy
import datetime
import html
import json
import os
import re
import sys
import time
import uuid
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

    def read(self, path):
        """The bytes of a file, by the address that results give."""
        return self._open(path).read()

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


_client = None


def connect(url=None, token=None, timeout=60.0):
    """Which platform `structures` and `calculations` speak to; needless in a notebook of the platform."""
    global _client
    _client = Brine(url, token, timeout)
    return _client


def _platform():
    return _client if _client is not None else connect()


def _mime(obj):
    """The same value as IPython shows it and as it is printed."""
    return obj._repr_mimebundle_()["text/plain"]


class Structure:
    """A structure of the platform. It never changes: copy `input`, change that, and load it."""

    def __init__(self, detail):
        self.id = detail["id"]
        self.name = detail["name"]
        self.formula = detail["formula"]
        self.volume_angstrom3 = detail["volumeAngstrom3"]
        symmetry = detail["symmetry"]
        self.space_group = symmetry and {"symbol": symmetry["spaceGroupSymbol"], "number": symmetry["spaceGroupNumber"]}
        self._stored = detail["structure"]

    @property
    def input(self):
        """A copy as people write structures, to be changed and loaded again."""
        stored = copy.deepcopy(self._stored)
        place = "fractional" if stored["cellAngstrom"] else "cartesianAngstrom"
        sites = []
        for site in stored["sites"]:
            species = site.pop("species")
            is_whole = len(species) == 1 and species[0]["concentration"] == 1
            what = {"element": species[0]["element"]} if is_whole else {"species": species}
            sites.append({**what, place: site.pop("position"), **site})
        return {"cellAngstrom": stored["cellAngstrom"], "periodic": stored["periodic"], "sites": sites}

    @property
    def cell_angstrom(self):
        return copy.deepcopy(self._stored["cellAngstrom"])

    @property
    def sites(self):
        return self.input["sites"]

    @property
    def url(self):
        return _platform().url + "/structures/" + self.id

    def to_cell(self, cell):
        """The same crystal in another cell: "primitive" or "conventional"."""
        return Structure(_platform().call("structures.toCell", {"id": self.id, "cell": cell}))

    def text(self, format="cif"):
        """The text of a file: cif, poscar, xyz, xsf, espresso or json."""
        return _platform().call("structures.export", {"id": self.id, "format": format})["text"]

    def _repr_mimebundle_(self, include=None, exclude=None):
        group = ", " + self.space_group["symbol"] if self.space_group else ""
        plain = "%s, %d sites%s (%s)" % (self.formula, len(self._stored["sites"]), group, self.url)
        return {"application/vnd.brine.structure+json": self.input, "text/plain": plain}

    __repr__ = _mime


_BOHR_ANGSTROM = 0.529177210903
# No text of a file is one word of small letters.
_EXAMPLE = re.compile(r"\s*[a-z0-9][a-z0-9-]{0,80}\s*")
_ID = re.compile(r"\s*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*", re.IGNORECASE)


class _Structures:
    def load(self, source, name=None):
        """A structure by its id or the name of an example; or from the text of a CIF, POSCAR or XYZ file, or from a dictionary: then it is kept."""
        if isinstance(source, str) and _ID.fullmatch(source):
            return Structure(_platform().call("structures.get", {"id": source.strip()}))
        if isinstance(source, str) and _EXAMPLE.fullmatch(source):
            return self.example(source.strip())
        if isinstance(source, str):
            file = {"text": source, "fileName": name}
        else:
            file = {"text": json.dumps(source), "fileName": (name or "structure") + ".json"}
        return Structure(_platform().call("structures.import", file))

    def example(self, id):
        """A crystal that comes with the platform: "silicon", "copper", "sodium-chloride"."""
        known = [one["id"] for one in _platform().call("structures.examples")]
        if id not in known:
            raise BrineError("not-found", "There is no example %s. There are: %s." % (id, ", ".join(known)))
        return Structure(_platform().call("structures.createFromExample", {"exampleId": id}))

    def search(self, formula=None, elements=None, limit=50):
        """The project's structures, the newest first."""
        found = []
        for summary in _platform().structures(formula=formula, elements=elements, limit=min(50, limit)):
            if len(found) == limit:
                break
            found.append(self.load(summary["id"]))
        return found


class Figure:
    """A figure of Plotly: the last value of a cell is drawn. `data` and `layout` may be changed before."""

    def __init__(self, data, layout, url=None):
        self.data = data
        self.layout = layout
        self.url = url

    def _repr_mimebundle_(self, include=None, exclude=None):
        names = ", ".join(trace["name"] for trace in self.data if trace.get("name"))
        plain = "Figure" + (" of " + names if names else "") + (" (%s)" % self.url if self.url else "")
        return {"application/vnd.plotly.v1+json": {"data": self.data, "layout": self.layout}, "text/plain": plain}

    __repr__ = _mime


def plot(data, layout=None):
    """Any figure of Plotly."""
    return Figure(data if isinstance(data, list) else [data], layout or {})


_GREEK = {"GAMMA": "\u0393", "DELTA": "\u0394", "LAMBDA": "\u039b", "SIGMA": "\u03a3"}


def _typeset(label):
    label = re.sub("GAMMA|DELTA|LAMBDA|SIGMA", lambda found: _GREEK[found.group()], label)
    return re.sub(r"_(\d+)", r"<sub>\1</sub>", label)


def _spin_name(count, spin, name):
    return ("spin up", "spin down")[spin] if count > 1 else name


def _energy_title(zero):
    return "Energy \u2212 %s (eV)" % ("Fermi level" if zero == "fermi" else "valence maximum")


class _Property(dict):
    """A property's results as the platform tells them: a dictionary that can be plotted."""

    def __init__(self, data, url):
        super().__init__(data)
        self.url = url


class Bands(_Property):
    def plot(self):
        """Bands along their path, with the zero of energy as on the page."""
        traces = []
        for spin, of_spin in enumerate(self["energiesEv"]):
            x, y = [], []
            for band in range(len(of_spin[0]) if of_spin else 0):
                for first, last in self["segments"]:
                    for k in range(first, last + 1):
                        x.append(self["kpoints"][k]["distance"])
                        y.append(of_spin[k][band] - self["zeroEv"])
                    # The pen is lifted between bands and where the path breaks.
                    x.append(None)
                    y.append(None)
            count = len(self["energiesEv"])
            name = _spin_name(count, spin, "bands")
            traces.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "name": name, "showlegend": count > 1})
        lowest = min(min(energies) for of_spin in self["energiesEv"] for energies in of_spin) - self["zeroEv"]
        xaxis = {
            "tickmode": "array",
            "tickvals": [tick["distance"] for tick in self["ticks"]],
            "ticktext": [_typeset(tick["label"]) for tick in self["ticks"]],
            "range": [0, self["kpoints"][-1]["distance"]],
        }
        # Deeper states are there when one zooms out.
        window = [max(lowest - 0.6, -16), self["gap"]["gapEv"] + 7]
        yaxis = {"title": {"text": _energy_title(self["zero"])}, "range": window}
        return Figure(traces, {"xaxis": xaxis, "yaxis": yaxis}, self.url)


class Dos(_Property):
    def plot(self):
        """The density of states over energy; of spin down below the axis."""
        count = len(self["statesPerEv"])
        traces = [
            {
                "type": "scatter",
                "mode": "lines",
                "fill": "tozeroy",
                "x": [energy - self["zeroEv"] for energy in self["energiesEv"]],
                "y": [-value for value in states] if spin == 1 else states,
                "name": _spin_name(count, spin, "density of states"),
                "showlegend": count > 1,
            }
            for spin, states in enumerate(self["statesPerEv"])
        ]
        title = {"text": "Density of states (states/eV per cell)"}
        return Figure(traces, {"xaxis": {"title": {"text": _energy_title(self["zero"])}}, "yaxis": {"title": title}}, self.url)


class Relaxation(_Property):
    def plot(self):
        """Energy and largest force of every geometry."""
        steps = [one["step"] for one in self["trajectory"]]
        last = self["trajectory"][-1]["energyEv"]
        energies = [one["energyEv"] - last for one in self["trajectory"]]
        forces = [one["largestForceEvPerAngstrom"] for one in self["trajectory"]]
        traces = [
            {"type": "scatter", "x": steps, "y": energies, "name": "energy above the last (eV)"},
            {"type": "scatter", "x": steps, "y": forces, "name": "largest force (eV/\u00c5)", "yaxis": "y2"},
        ]
        right = {"title": {"text": "Force (eV/\u00c5)"}, "overlaying": "y", "side": "right"}
        layout = {"xaxis": {"title": {"text": "Step"}}, "yaxis": {"title": {"text": "Energy (eV)"}}, "yaxis2": right}
        return Figure(traces, layout, self.url)

    def structure(self):
        """The structure that it left."""
        return structures.load(self["structureId"])


_SHOWN_MAX = 64


def _stride(points):
    """The smallest divisor of a number of points that leaves as few as a page draws: what is repeated stays repeated."""
    return next((n for n in range(1, points) if points % n == 0 and points // n <= _SHOWN_MAX), points)


def _thinned(text):
    """A cube with every second, third, ... point along edges with more than a page draws, and four digits."""
    lines = text.split("\n")
    atoms = abs(int(lines[2].split()[0]))
    axes = [[float(x) for x in line.split()] for line in lines[3:6]]
    n = [int(axis[0]) for axis in axes]
    s = [_stride(points) for points in n]
    if s == [1, 1, 1]:
        return text
    values = " ".join(lines[6 + atoms :]).split()
    kept = [
        "%.3e" % float(values[(x * n[1] + y) * n[2] + z])
        for x in range(0, n[0], s[0])
        for y in range(0, n[1], s[1])
        for z in range(0, n[2], s[2])
    ]
    head = [" ".join(map(str, [n[i] // s[i]] + [d * s[i] for d in axes[i][1:]])) for i in range(3)]
    return "\n".join(lines[:3] + head + lines[6 : 6 + atoms] + ["\n".join(kept)])


class Field:
    """A field in space, read: a density, a potential, or the square of an orbital with its sign. Drawn where it ends a cell."""

    def __init__(self, label, unit, cube, structure):
        lines = cube.split("\n")
        atoms = abs(int(lines[2].split()[0]))
        axes = [[float(x) for x in line.split()] for line in lines[3:6]]
        self.label = label
        self.unit = unit
        self.grid = [int(axis[0]) for axis in axes]
        self.cell_angstrom = [[x * axis[0] * _BOHR_ANGSTROM for x in axis[1:]] for axis in axes]
        # The last edge innermost.
        self.values = [float(x) for line in lines[6 + atoms :] for x in line.split()]
        self._cube = cube
        self._input = structure.input

    @property
    def volume_angstrom3(self):
        """Of the cell."""
        a, b, c = self.cell_angstrom
        cross = [b[i - 2] * c[i - 1] - b[i - 1] * c[i - 2] for i in range(3)]
        return abs(sum(x * y for x, y in zip(a, cross)))

    def integral(self, of=lambda value: value):
        """Of the field over the cell, in atomic units as the values are: a density gives electrons. Of a function of its values where one is given."""
        mean = sum(of(value) for value in self.values) / len(self.values)
        return mean * self.volume_angstrom3 / _BOHR_ANGSTROM**3

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = {"label": self.label, "unit": self.unit, "cube": _thinned(self._cube), "structure": self._input}
        plain = "%s (%s) on %d × %d × %d points" % (self.label, self.unit, *self.grid)
        return {"application/vnd.brine.volume+json": data, "text/plain": plain}

    __repr__ = _mime


class Volume:
    """A field that a calculation left as a file."""

    def __init__(self, data, structure):
        self.data = data
        self.label = data["label"]
        self._structure = structure

    @property
    def url(self):
        """Of its file in the format of Gaussian's cubes, in atomic units."""
        return _platform().url + self.data["cubeHref"]

    def load(self):
        """Reads it."""
        cube = _platform().read(self.data["cubeHref"]).decode()
        return Field(self.label, self.data["unit"], cube, self._structure())


class Results:
    """What a calculation gave: energies in eV, lengths in angstrom. What it was not asked for is an error that says so."""

    def __init__(self, url, data, structure):
        self.url = url
        self.data = data
        self._structure = structure

    def has(self, property):
        return property in self.data["properties"]

    @property
    def ground_state(self):
        return self.data["scf"] or self._absent("density of its own yet")

    @property
    def energy_ev(self):
        """Of the cell."""
        return self._of_ground_state("energyEv", "energy")

    @property
    def energy_ev_per_atom(self):
        return self._of_ground_state("energyEvPerAtom", "energy")

    @property
    def gap(self):
        """The best that is known: of the bands, of the density of states, else of the ground state."""
        properties = self.data["properties"]
        return (properties.get("bands") or properties.get("dos") or self.ground_state)["gap"]

    @property
    def fermi_ev(self):
        return self.ground_state["fermiEv"]

    @property
    def forces_ev_per_angstrom(self):
        """On every site."""
        return self._of_ground_state("forcesEvPerAngstrom", "forces")

    @property
    def pressure_gpa(self):
        return self._of_ground_state("pressureGpa", "pressure")

    @property
    def bands(self):
        return Bands(self._property("bands", "bands"), self.url)

    @property
    def dos(self):
        return Dos(self._property("dos", "density of states"), self.url)

    @property
    def relaxation(self):
        return Relaxation(self._property("relax", "relaxation"), self.url)

    @property
    def volumes(self):
        """Densities, potentials and orbitals, in the order in which they were asked for."""
        found = self._property("volumes", "densities or orbitals")["volumes"]
        return [Volume(one, self._structure) for one in found]

    @property
    def equation_of_state(self):
        """The energies at all volumes, and the curve through them: `fit` has bulkModulusGpa, volumeAngstrom3 and others."""
        return self._property("eos", "equation of state")

    @property
    def elastic(self):
        """Elastic constants in GPa, `stiffnessGpa` in Voigt's notation, and what follows from them."""
        return self._property("elastic", "elastic constants")

    @property
    def exfoliation(self):
        """What it takes to pull a layered crystal apart: `energyMevPerAngstrom2`, and each layer by itself."""
        return self._property("exfoliation", "exfoliation energy")

    def _property(self, id, what):
        found = self.data["properties"].get(id)
        return found if found is not None else self._absent(what, id)

    def _of_ground_state(self, name, what):
        value = self.ground_state.get(name)
        return value if value is not None else self._absent(what)

    def _absent(self, what, property=None):
        advice = ' Ask for it with properties={"%s": {}}.' % property if property else ""
        raise BrineError("not-found", "The calculation gave no %s.%s See %s" % (what, advice, self.url))

    def _repr_mimebundle_(self, include=None, exclude=None):
        told = []
        if self.data["scf"]:
            if self.data["scf"]["energyEv"] is not None:
                told.append("energy %.4f eV" % self.data["scf"]["energyEv"])
            gap = self.gap
            told.append("metal" if gap["kind"] == "metal" else "gap %.3f eV, %s" % (gap["gapEv"], gap["kind"]))
        if self.data["properties"]:
            told.append("with " + ", ".join(self.data["properties"]))
        return {"text/plain": "%s (%s)" % ("; ".join(told) or "no results yet", self.url)}

    __repr__ = _mime


class _LiveDisplay:
    """One display that changes in place; outside of a notebook a line is printed when what it says has changed."""

    def __init__(self):
        self.id = None
        self.said = None

    def show(self, bundle):
        if bundle == self.said:
            return
        self.said = bundle
        # IPython is there where a kernel is, and only then is it asked.
        shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
        if shell is None or not hasattr(shell, "kernel"):
            print(bundle["text/plain"], file=sys.stderr, flush=True)
            return
        from IPython.display import display, update_display

        if self.id is None:
            self.id = str(uuid.uuid4())
            display(bundle, raw=True, display_id=self.id)
        else:
            update_display(bundle, raw=True, display_id=self.id)


def _jobs(node):
    own = [node] if node["kind"] == "job" else []
    return own + [job for child in node["children"] for job in _jobs(child)]


def _moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def _progress(calculation, url):
    """How far a calculation is: a bar of its jobs, what it does now, and for how long."""
    jobs = _jobs(calculation["tree"])
    done = sum(job["state"] == "finished" for job in jobs)
    seconds = 0.0
    if calculation["startedAt"]:
        end = calculation["finishedAt"]
        until = _moment(end) if end else datetime.datetime.now(datetime.timezone.utc)
        seconds = (until - _moment(calculation["startedAt"])).total_seconds()
    running = [job for job in jobs if job["state"] == "running"]
    waiting = [job for job in jobs if job["queuePosition"] is not None]
    state = calculation["state"]
    if running:
        doing = ", ".join("%s (%s)" % (job["title"], job["phase"]) if job["phase"] else job["title"] for job in running)
    else:
        doing = "waits, place %d" % waiting[0]["queuePosition"] if waiting else state
    has_ended = state in ENDED
    told = "%s after %.1f s" % (state, seconds) if has_ended else "%s, %d s" % (doing, round(seconds))
    text = "%s: %s" % (calculation["label"], told)
    most = max(1, len(jobs))
    bar = '<progress value="%d" max="%d" aria-label="Jobs that are done"></progress> ' % (done, most)
    link = '<a href="%s" target="_blank" rel="noopener">page</a>' % html.escape(url)
    page = urllib.parse.urlparse(url).path
    return {
        "application/vnd.brine.progress+json": {
            "value": done,
            "max": most,
            "label": text,
            "href": page,
            "isEnded": has_ended,
        },
        "text/html": "<p>%s%s %s</p>" % ("" if has_ended else bar, html.escape(text), link),
        "text/plain": "%s%s (%s)" % ("" if has_ended else "[%d/%d] " % (done, most), text, url),
    }


class Calculation:
    """A calculation of the platform. It runs there: what the notebook does meanwhile is nothing to it."""

    # A platform that is started anew is waited for, in seconds.
    _AWAY_MAX = 120.0

    def __init__(self, known):
        self._known = known

    id = property(lambda self: self._known["id"])
    label = property(lambda self: self._known["label"])
    formula = property(lambda self: self._known["formula"])
    properties = property(lambda self: list(self._known["properties"]))
    state = property(lambda self: self._known["state"], doc="As last seen; `refresh` looks anew.")

    @property
    def url(self):
        return _platform().url + "/calculations/" + self.id

    def refresh(self):
        self._known = _platform().get(self.id)
        return self

    def structure(self):
        return structures.load(self._known["structureId"])

    def results(self):
        """What there is so far."""
        return Results(self.url, _platform().results(self.id), self.structure)

    def wait(self, quiet=False, poll=0.5):
        """Shows how far it is until it has ended, and gives its results. Raises what the platform says where it failed or was stopped."""
        live = None if quiet else _LiveDisplay()
        answered = time.monotonic()
        while True:
            try:
                self.refresh()
            except BrineError as error:
                is_away = error.code == "unavailable" or (error.status or 0) >= 502
                if not is_away or time.monotonic() - answered > self._AWAY_MAX:
                    raise
            else:
                answered = time.monotonic()
                if live:
                    live.show(_progress(self._known, self.url))
                if self.state in ENDED:
                    break
            time.sleep(poll)
        if self.state != "finished":
            raise self._fault()
        return self.results()

    def stop(self):
        """Stops it; what it has given stays."""
        _platform().stop(self.id)
        return self.refresh()

    def _fault(self):
        failure = self._known.get("failure")
        if failure:
            message = " ".join(part for part in (failure["message"], failure["advice"]) if part)
        else:
            message = "The calculation %s %s." % (self.label, "was stopped" if self.state == "killed" else "failed")
        return BrineError(failure["code"] if failure else self.state, "%s See %s" % (message, self.url))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "%s: %s (%s)" % (self.label, self.state, self.url)}

    __repr__ = _mime


class _Calculations:
    def submit(self, structure, properties, **choices):
        """Submits a calculation. The structure is one of the platform's, its id, or a dictionary; choices are those of a calculation file."""
        if not isinstance(structure, Structure):
            structure = structures.load(structure)
        file = {"structure": {"id": structure.id}, "properties": properties, **choices}
        return Calculation(_platform().call("calculations.run", file))

    def get(self, id):
        return Calculation(_platform().get(id))

    def list(self, limit=20, **filters):
        """The project's calculations, the newest first."""
        page = _platform().call("calculations.list", {"limit": limit, **filters})
        return [Calculation(one) for one in page["items"]]


structures = _Structures()
calculations = _Calculations()
