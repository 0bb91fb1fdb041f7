#!/usr/bin/python3
"""Makes the connections that `partner probe` makes, and judges nothing: COUNT HOSTS PORT RESOLVER-PORT PARALLEL."""

import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "support"))
import crowd  # noqa: E402

count, hosts, port, resolver, parallel = map(int, sys.argv[1:])
sys.exit(crowd.raw_loop(crowd.Places(count, hosts, port), resolver, parallel) != count)
