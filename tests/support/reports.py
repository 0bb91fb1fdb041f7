"""Reads the reports of `partner validate` as the programs do that they are made for: SARIF, the workflow commands of GitHub
Actions, and JUnit. Each reader gives a list of Finding, or raises ValueError.
"""

import dataclasses
import json
import pathlib
import re
import urllib.parse

import jsonschema
from lxml import etree

import process

SARIF_SCHEMA = process.SOURCE_DIR / "build/npm/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
JUNIT_SCHEMA = process.SOURCE_DIR / "tests/data/junit.xsd"
FORMATS = ("sarif", "github", "junit")


@dataclasses.dataclass
class Finding:
    """`message` with the hint on a line of its own. A form leaves None what it does not tell."""

    rule: str = None
    severity: str = None
    partner: str = None
    field: str = None
    message: str = ""
    file: str = None
    line: int = None
    column: int = None


def of_json(document):
    """What `-o json` tells, which the reports are compared with."""
    keys = ("rule", "severity", "partner", "field", "file", "line", "column")
    return [
        Finding(message="\nhint: ".join(filter(None, (item["message"], item["hint"]))), **{key: item[key] for key in keys})
        for item in json.loads(document)["diagnostics"]
    ]


# --- SARIF --------------------------------------------------------------------------------------------

# A reference as section 4.1 of RFC 3986 allows it, roughly: its characters, and a scheme only where one is meant.
_REFERENCE = re.compile(r"(file://)?(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+")


class Sarif:
    def __init__(self):
        self._validator = jsonschema.Draft4Validator(json.loads(SARIF_SCHEMA.read_text(encoding="utf-8")))

    def document(self, data):
        """The log, which its schema allows."""
        log = json.loads(data.decode())
        problems = [f"{'/'.join(map(str, error.path))}: {error.message[:300]}" for error in self._validator.iter_errors(log)]
        if problems:
            raise ValueError(f"the schema of SARIF refuses it: {problems}")
        return log

    def findings(self, data):
        (run,) = self.document(data)["runs"]
        rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        return [self._finding(result, rules) for result in run["results"]]

    @staticmethod
    def _finding(result, rules):
        rule = result.get("ruleId")
        if rule is not None and rule not in rules:
            raise ValueError(f"the rule {rule} is not described")
        found = Finding(rule, {"note": "info"}.get(result["level"], result["level"]), message=plain_message(result["message"]))
        for location in result.get("locations", []):
            for name in location.get("logicalLocations", []):
                found.partner = name["fullyQualifiedName"]  # with the field; only who knows the partner can split them
            if "physicalLocation" in location:
                place = location["physicalLocation"]
                found.file = path_of(place["artifactLocation"]["uri"])
                region = place.get("region", {})
                found.line, found.column = region.get("startLine"), region.get("startColumn")
        return found


def path_of(uri):
    match = _REFERENCE.fullmatch(uri)
    if not match or (match[1] and not uri.startswith("file:///")):
        raise ValueError(f"no reference to a file: {uri}")
    return urllib.parse.unquote(uri.removeprefix("file://"), errors="strict")


def plain_message(message):
    """Section 3.11.5 of SARIF: `{0}` is the first argument, and braces that are meant are doubled."""

    def replace(match):
        if match[0] in ("{{", "}}"):
            return match[0][0]
        if not match[1]:
            raise ValueError(f"a single brace: {message['text']}")
        arguments = message.get("arguments", [])
        if int(match[1]) >= len(arguments):
            raise ValueError(f"there is no argument {match[1]}: {message['text']}")
        return arguments[int(match[1])]

    return re.sub(r"\{\{|\}\}|\{(\d+)\}|[{}]", replace, message["text"])


# --- workflow commands --------------------------------------------------------------------------------

_COMMANDS = {"error": "error", "warning": "warning", "notice": "info"}


def _decoded(text, *tokens):
    """The percent sign last, so that %250A is %0A and no newline."""
    for token in (*tokens, "%25"):
        text = text.replace(token, urllib.parse.unquote(token))
    return text


def of_github(data):
    """Every line is a command, and is read as the runner does."""
    text = data.decode()
    if "\r" in text or (text and not text.endswith("\n")):
        raise ValueError("a line does not end as it should")
    found = []
    for line in text.split("\n")[:-1]:
        end = line.find("::", 2)
        if not line.startswith("::") or end < 0:
            raise ValueError(f"no command: {line}")
        command, _, rest = line[2:end].partition(" ")
        properties = {}
        for item in filter(None, rest.strip().split(",")):
            key, equal, value = item.partition("=")
            if not equal or not value or key in properties:
                raise ValueError(f"a property without a value, or twice: {line}")
            properties[key] = _decoded(value, "%0D", "%0A", "%3A", "%2C")
        if command not in _COMMANDS or properties.keys() - {"file", "line", "col", "title"}:
            raise ValueError(f"the runner does not know that: {line}")
        place = [int(properties[key]) if key in properties else None for key in ("line", "col")]
        message = _decoded(line[end + 2 :], "%0D", "%0A")
        found.append(Finding(properties.get("title"), _COMMANDS[command], None, None, message, properties.get("file"), *place))
    return found


# --- JUnit --------------------------------------------------------------------------------------------


class JUnit:
    def __init__(self):
        self._schema = etree.XMLSchema(etree.parse(str(JUNIT_SCHEMA)))

    def root(self, data):
        """The element, which the schema allows."""
        if not data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n'):
            raise ValueError("there is no declaration")
        try:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
            self._schema.assertValid(root)
        except (etree.XMLSyntaxError, etree.DocumentInvalid) as error:
            raise ValueError(f"no JUnit: {error}") from error
        return root

    def findings(self, data, files=()):
        """The findings, and the text of the case that stands for all that passed. Of a place, only what is in one of
        `files` is read: nothing else tells where a file name ends."""
        (suite,) = self.root(data)
        found, failures, names = [], 0, set()
        *cases, last = suite
        for case in cases:
            failure, output = case.find("failure"), case.find("system-out")
            failures += failure is not None
            if (failure is None) == (output is None):
                raise ValueError("a finding has failed, or has printed something")
            text = output.text if failure is None else failure.get("message")
            severity = "warning" if failure is None else failure.get("type")
            name, partner = case.get("name"), case.get("classname")
            if failure is not None and failure.text != text:
                raise ValueError("the text of a failure is not its message")
            if (name, partner) in names:
                raise ValueError(f"two cases of one name: {name}")
            names.add((name, partner))
            rule = re.match(r"([a-z]+(?:-[a-z]+)+): ", name)
            found.append(Finding(rule[1] if rule else None, severity, None if partner == "xmppfed" else partner, None, text))
            for file in files:
                if match := re.match(rf"{re.escape(file)}:(\d+):(\d+): ", text):
                    found[-1].file, found[-1].line, found[-1].column = file, int(match[1]), int(match[2])
                    found[-1].message = text[match.end() :]
        if len(last) or (int(suite.get("tests")), int(suite.get("failures")), suite.get("errors")) != (len(suite), failures, "0"):
            raise ValueError(f"the counts are wrong: {suite.attrib}")
        return found, last.get("name")
