"""Manifests for the process tests: made from partners, and written where a command reads them."""

import json


def document(*partners, **keys):
    """A manifest as a value; `edge` and `gateway` are among the keys."""
    return {"format_version": "1.0", "kind": "manifest", **keys, "partners": list(partners)}


def partner(domain, **fields):
    return {"primary_domain": domain, **fields}


def octets(manifest):
    """A manifest as it stands in a file: a value becomes JSON, text UTF-8, and bytes stay."""
    if isinstance(manifest, bytes):
        return manifest
    text = manifest if isinstance(manifest, str) else json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return text.encode()


def written(folder, manifest, name="partners.json"):
    """The path of a file that holds the manifest."""
    path = folder / name
    path.write_bytes(octets(manifest))
    return path


def lines(*partners):
    """The partners as JSON lines."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in partners)
