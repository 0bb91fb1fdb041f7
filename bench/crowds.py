"""The pair of many partners: `partner probe`, and a loop that makes the same connections."""

import contextlib
import os
import sys

from measure import SOURCE_DIR, measured, run, stop, summary

sys.path.insert(0, str(SOURCE_DIR / "tests" / "support"))
import crowd  # noqa: E402
import name_servers  # noqa: E402
import prosody_federation  # noqa: E402

COUNT, HOSTS, PARALLEL = 1000, 64, 16


class Crowds:
    """The pair, and the servers that it needs."""

    def __init__(self, options, directory):
        self.options, self.directory = options, directory

    def probe(self):
        if not os.access(name_servers.NSD, os.X_OK):
            stop("nsd is missing; `scripts/dependencies test` installs it")
        with contextlib.ExitStack() as servers:
            ca = prosody_federation.Authority(self.directory)
            partners = servers.enter_context(crowd.Crowd(COUNT, HOSTS, ca.issue("*.crowd.example")))
            zone = name_servers.Zone(self.directory, "crowd.example", partners.records(), signed=False)
            zone.write()
            resolver = servers.enter_context(name_servers.Authoritative(self.directory, [zone]))
            ours = [str(self.options.xmppfed), "--store", self.store(partners), "partner", "probe", "-o", "json", "--no-certificate"]
            ours += ["--quiet", "--resolver", resolver.address, "--ca-file", str(ca.path), "--parallel", str(PARALLEL)]
            theirs = [sys.executable, str(SOURCE_DIR / "bench" / "probe_floor.py"), str(COUNT), str(HOSTS), str(partners.port)]
            theirs += [str(resolver.port), str(PARALLEL)]
            rounds = [(measured(ours), measured(theirs)) for _ in range(self.options.rounds)]
        seconds = [([mine[0]], [floor[0]]) for mine, floor in rounds]
        return {**summary(seconds, min), "peak_mib": round(max(mine[1] for mine, _ in rounds))}

    def store(self, partners):
        store, manifest = str(self.directory / "crowd.db"), self.directory / "partners.jsonl"
        manifest.write_text(partners.manifest(), encoding="utf-8")
        program = str(self.options.xmppfed)
        run([program, "--store", store, "edge", "set", "-q", "--access-edge", "sip.contoso.com", "--sip-domain", "contoso.com"])
        run([program, "--store", store, "apply", "-q", "--yes", "--file", str(manifest)])
        return store
