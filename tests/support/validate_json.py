#!/usr/bin/python3
"""Validates the JSON that xmppfed prints against the schemas of schemas/json.

Each input is one JSON document; its `kind` selects the schema. With --jsonl each line is one bare item.
Stricter than JSON Schema where that finds mistakes of ours: a repeated key, NaN, text after the document,
invalid UTF-8 and an integer written as 1.0 are errors. Exit code 1 when anything is invalid.
"""

import argparse
import functools
import json
import pathlib
import re
import sys

import jsonschema

# Where a kind keeps the items that --output jsonl prints bare.
ITEMS = {
    "partner-list": "partners",
    "validation": "diagnostics",
    "history": "entries",
    "cert-request-list": "requests",
    "cert-status": "names",
    "cert-check": "names",
    "plan": "changes",
    "apply": "changes",
    "manifest": "partners",
    "config": "settings",
}
LONGEST_MESSAGE = 300


@functools.lru_cache(maxsize=None)
def compiled(pattern):
    """A pattern as ECMA 262 means it: `$` matches only at the very end, not before a last newline."""
    parts = re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|.", pattern, re.DOTALL)
    return re.compile("".join(r"\Z" if part == "$" else part for part in parts))


def check_pattern(validator, pattern, instance, schema):
    if validator.is_type(instance, "string") and not compiled(pattern).search(instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def is_integer(_checker, instance):
    return isinstance(instance, int) and not isinstance(instance, bool)


Validator = jsonschema.validators.extend(
    jsonschema.Draft7Validator,
    {"pattern": check_pattern},
    type_checker=jsonschema.Draft7Validator.TYPE_CHECKER.redefine("integer", is_integer),
)


def without_repeated_keys(pairs):
    result = {}
    for key, value in pairs:
        if key in result:
            raise ValueError(f"the key {key!r} is repeated")
        result[key] = value
    return result


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def parse(data):
    """The value of one JSON text, or ValueError."""
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=without_repeated_keys,
            parse_constant=refuse_constant,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None


def describe(error, indent=""):
    """Lines for a validation error: its path and message, then why each alternative failed."""
    path = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    message = error.message
    if len(message) > LONGEST_MESSAGE:
        half = LONGEST_MESSAGE // 2
        message = f"{message[:half]} ... {message[-half:]}"
    yield f"{indent}{path}: {message}"
    for cause in error.context or ():
        yield from describe(cause, indent + "  ")


class Schemas:
    """All schemas of a folder."""

    def __init__(self, folder):
        self.by_id = {}
        self.kinds = {}
        for path in sorted(pathlib.Path(folder).glob("*.schema.json")):
            schema = parse(path.read_bytes())
            Validator.check_schema(schema)
            del schema["$schema"]  # or the library goes on with its own validator in place of ours
            self.by_id[schema["$id"]] = schema
            kind = schema.get("properties", {}).get("kind", {}).get("const")
            if kind is not None:
                self.kinds[kind] = schema["$id"]
        if not self.kinds:
            raise ValueError(f"{folder} has no schema of a kind")

    def validator(self, reference):
        resolver = jsonschema.RefResolver("", {}, store=self.by_id)
        return Validator({"$ref": reference}, resolver=resolver)

    def document_errors(self, document):
        """What is wrong with a document, as lines; none when it is valid."""
        if not isinstance(document, dict):
            return ["$: not an object"]
        kind = document.get("kind")
        if not isinstance(kind, str):
            return ["$.kind: missing, or not a string"]
        if kind not in self.kinds:
            return [f"$.kind: there is no schema for {kind!r}"]
        return self.errors(self.validator(self.kinds[kind]), document)

    def item_validator(self, kind):
        """For one bare item of a kind, or None when the kind has no items or no schema."""
        if kind not in self.kinds or kind not in ITEMS:
            return None
        return self.validator(f"{self.kinds[kind]}#/properties/{ITEMS[kind]}/items")

    @staticmethod
    def errors(validator, instance):
        found = sorted(validator.iter_errors(instance), key=lambda error: list(map(str, error.absolute_path)))
        return [line for error in found for line in describe(error)]


def check_document(schemas, data):
    try:
        return schemas.document_errors(parse(data))
    except ValueError as problem:
        return [f"$: {problem}"]


def check_lines(schemas, kind, data):
    validator = schemas.item_validator(kind)
    if validator is None:
        return [f"there is no schema for bare items of {kind!r}"]
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    problems = []
    for number, line in enumerate(lines, 1):
        try:
            found = schemas.errors(validator, parse(line))
        except ValueError as problem:
            found = [f"$: {problem}"]
        problems += [f"line {number}: {text}" for text in found]
    return problems


def read(name):
    return sys.stdin.buffer.read() if name == "-" else pathlib.Path(name).read_bytes()


def main():
    parser = argparse.ArgumentParser(
        description="Validate JSON documents of xmppfed against its JSON Schemas; the kind selects the schema."
    )
    parser.add_argument("schema_dir", metavar="SCHEMA_DIR", help="folder with the *.schema.json files")
    parser.add_argument("files", metavar="FILE", nargs="*", default=["-"], help="one document each; - (default) is stdin")
    parser.add_argument("--jsonl", metavar="KIND", help="each line is one bare item of this kind")
    arguments = parser.parse_args()
    try:
        schemas = Schemas(arguments.schema_dir)
    except (OSError, ValueError, KeyError, jsonschema.SchemaError) as problem:
        parser.exit(2, f"validate_json.py: the schemas in {arguments.schema_dir} cannot be used: {problem}\n")

    valid = True
    for name in arguments.files:
        try:
            data = read(name)
        except OSError as problem:
            problems = [str(problem)]
        else:
            problems = check_lines(schemas, arguments.jsonl, data) if arguments.jsonl else check_document(schemas, data)
        for line in problems:
            print(f"{'<stdin>' if name == '-' else name}: {line}", file=sys.stderr)
        valid = valid and not problems
    return 0 if valid else 1


if __name__ == "__main__":
    sys.exit(main())
