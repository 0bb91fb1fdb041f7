"""Runs the scripts of `export --format powershell` against a deployment that is not there.

`Deployment` has the gateway, the allowed partners and their five cmdlets, with the refusals of the real ones. `Script` walks the tree
that the grammar made of a script (syntax_tree.cjs, "tree"), and knows no more of PowerShell than such a script may use:
whatever else it meets is an error, so that no text of a partner can run unnoticed."""

import json
import re
import subprocess

from process import SOURCE_DIR

GRAMMARS = SOURCE_DIR / "build" / "npm" / "node_modules" / "@vscode" / "tree-sitter-wasm" / "wasm"
MARK = b"\xef\xbb\xbf"
QUOTES = "'\u2018\u2019\u201a\u201b"
VERBATIM = re.compile(f"'((?:[^{QUOTES}]|[{QUOTES}]{{2}})*)'")
SUFFIX = "-CsXmppAllowedPartner"
SET_GATEWAY = "Set-CsXmppGatewayConfiguration"

# A parameter, our field, and what New- takes when it is not given.
SETTINGS = (
    ("Description", "description", None),
    ("PartnerType", "type", "PublicUnverified"),
    ("TlsNegotiation", "tls", "Required"),
    ("SaslNegotiation", "sasl", "Required"),
    ("SupportDialbackNegotiation", "dialback", True),
    ("EnableKeepAlive", "keepalive", True),
    ("ConnectionLimit", "connection_limit", None),
    ("ProxyFqdn", "proxy_fqdn", None),
)
# A parameter of the gateway, our field, and what it is when nobody has set it.
GATEWAY_SETTINGS = (
    ("ConnectionLimit", "connection_limit", 1000),
    ("PartnerConnectionLimit", "partner_connection_limit", 20),
    ("KeepAliveInterval", "keepalive_interval", 300),
    ("StreamEstablishmentTimeout", "establishment_timeout", 60),
    ("StreamInactivityTimeout", "inactivity_timeout", 600),
    ("SubscriptionRefreshInterval", "subscription_refresh", 28800),
    ("EnableLoggingAllMessageBodies", "log_message_bodies", False),
)
PASSPHRASE = "a phrase that no script knows"
PARTNER_TYPES = ("Federated", "PublicVerified", "PublicUnverified")
LEVELS = ("Required", "Optional", "NotSupported")
ENUMERATIONS = {"PartnerType": PARTNER_TYPES, "TlsNegotiation": LEVELS, "SaslNegotiation": LEVELS}


class ScriptError(Exception):
    """What would have ended the script, or what no script of ours may hold."""


def enumerator(word):
    """The name in .NET: `not-supported` is NotSupported."""
    return "".join(part.capitalize() for part in word.split("-"))


def as_deployed(partner):
    """A stored partner (an object of `partner list -o json`) as a deployment has it."""
    object_ = {"Identity": partner["primary_domain"], "AdditionalDomains": list(partner["additional_domains"])}
    for name, key, _ in SETTINGS:
        object_[name] = enumerator(partner[key]) if name in ENUMERATIONS else partner[key]
    return object_


def parse(scripts):
    """The trees of scripts, which are bytes, and how many errors each has."""
    lines = ({"language": "powershell", "text": script.removeprefix(MARK).decode(), "tree": True} for script in scripts)
    run = subprocess.run(
        ["node", SOURCE_DIR / "tests" / "support" / "syntax_tree.cjs", GRAMMARS],
        input="".join(json.dumps(line) + "\n" for line in lines).encode(),
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
    )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(found) == len(scripts)
    return [(tree["tree"], tree["problems"]) for tree in found]


def convert_to_json(objects, names=False, escapes=False):
    """`... | ConvertTo-Json`: one object stands alone. Enumerations are numbers unless it is told otherwise; Windows
    PowerShell escapes quotes and what HTML could read."""
    shown = []
    for object_ in objects:
        for name, values in () if names else ENUMERATIONS.items():
            object_ = {**object_, name: values.index(object_[name])}
        shown.append({**object_, "ScopeClass": "Global", "Anchor": {"Class": "Global", "Keys": [None, 1.5]}})
    text = json.dumps(shown[0] if len(shown) == 1 else shown, indent=4, ensure_ascii=False)
    if escapes:
        text = re.sub("['<>&]", lambda match: f"\\u{ord(match[0]):04x}", text)
    return text.replace("\n", "\r\n").encode()


# --- the deployment -----------------------------------------------------------------------------------


def folded(domain):
    return domain.lower()


def claimed(partner):
    return [folded(partner["Identity"]), *map(folded, partner["AdditionalDomains"])]


class Deployment:
    """The allowed partners, by domain in lower case. `without_domains` is what AdditionalDomains is when there are
    none: an empty list, or None for a deployment that has nothing there."""

    def __init__(self, partners=(), without_domains=()):
        self.partners = {folded(partner["Identity"]): dict(partner) for partner in partners}
        self.claims = {domain: identity for identity, partner in self.partners.items() for domain in claimed(partner)}
        self.without_domains = None if without_domains is None else list(without_domains)
        self.gateway = {"Identity": "Global", **{name: value for name, _, value in GATEWAY_SETTINGS}, "DialbackPassphrase": PASSPHRASE}
        self.calls = []  # names of the cmdlets that were run and changed something
        self.arguments = []  # of each call, also of those with -WhatIf

    def state(self):
        """What can be compared: domains regardless of case and order."""
        return {
            identity: {
                **partner,
                "Identity": identity,
                "AdditionalDomains": sorted(map(folded, partner["AdditionalDomains"])),
                "Description": partner["Description"] or "",
            }
            for identity, partner in self.partners.items()
        }

    def objects(self):
        """What Get-CsXmppAllowedPartner writes into the pipeline."""
        return [
            {**partner, "Domain": partner["Identity"], "AdditionalDomains": list(partner["AdditionalDomains"]) or self.without_domains}
            for _, partner in sorted(self.partners.items())
        ]  # fmt: skip

    def run(self, verb, arguments):
        """One call of a cmdlet. Refuses unknown parameters and values of the wrong type, as binding would."""
        arguments = dict(arguments)
        self.arguments.append((verb, dict(arguments)))
        what_if = arguments.pop("WhatIf", False)
        if not isinstance(what_if, bool):
            raise ScriptError(f"-WhatIf is no boolean: {what_if!r}")
        if verb == "Get":
            if arguments:
                raise ScriptError(f"parameters of Get-: {arguments}")
            return self.objects()
        identity = arguments.pop("Identity", None)
        if not isinstance(identity, str) or not identity:
            raise ScriptError(f"-Identity is no text: {identity!r}")
        change = {"New": self._new, "Set": self._set, "Remove": self._remove}[verb](identity, arguments)
        if not what_if:
            change()
        return []

    def set_gateway(self, arguments):
        arguments = dict(arguments)
        what_if = arguments.pop("WhatIf", False)
        for name, value in arguments.items():
            kind = next((type(default) for known, _, default in GATEWAY_SETTINGS if known == name), None)
            if type(value) is not kind or not (kind is bool or 0 < value < 2**32):
                raise ScriptError(f"{SET_GATEWAY} -{name} {value!r}")
        if not what_if:
            self.gateway.update(arguments)
        return []

    def _new(self, identity, arguments):
        partner = {"Identity": identity, "AdditionalDomains": [], **{name: value for name, _, value in SETTINGS}}
        if folded(identity) in self.partners:
            raise ScriptError(f"New-: {identity} exists")
        partner.update(self._checked(identity, partner, arguments))
        return lambda: self._put(partner, "New")

    def _set(self, identity, arguments):
        old = self._existing(identity, "Set")
        partner = {**old, **self._checked(identity, old, arguments)}
        return lambda: self._put(partner, "Set") if partner != old else None

    def _remove(self, identity, arguments):
        if arguments:
            raise ScriptError(f"parameters of Remove-: {arguments}")
        self._existing(identity, "Remove")

        def change():
            self._release(self.partners.pop(folded(identity)))
            self.calls.append("Remove")

        return change

    def _existing(self, identity, verb):
        if folded(identity) not in self.partners:
            raise ScriptError(f"{verb}-: {identity} does not exist")
        return self.partners[folded(identity)]

    def _put(self, partner, verb):
        """Domains are claimed when it happens, not when it is only told."""
        own = claimed(partner)
        if len(set(own)) != len(own):
            raise ScriptError(f"{verb}-: a domain is repeated: {own}")
        identity = own[0]
        taken = {domain: self.claims[domain] for domain in own if self.claims.get(domain, identity) != identity}
        if taken:
            raise ScriptError(f"{verb}-: {identity} cannot have what others have: {taken}")
        if identity in self.partners:
            self._release(self.partners[identity])
        self.claims.update(dict.fromkeys(own, identity))
        self.partners[identity] = partner
        self.calls.append(verb)

    def _release(self, partner):
        for domain in claimed(partner):
            del self.claims[domain]

    def _checked(self, identity, partner, arguments):
        values = {}
        for name, value in arguments.items():
            if name == "AdditionalDomains":
                values[name] = self._domains(identity, partner["AdditionalDomains"], value)
            elif name in ENUMERATIONS:
                if value not in ENUMERATIONS[name]:
                    raise ScriptError(f"{identity}: -{name} is {value!r}")
                values[name] = value
            elif name in ("SupportDialbackNegotiation", "EnableKeepAlive"):
                if not isinstance(value, bool):
                    raise ScriptError(f"{identity}: -{name} is {value!r}")
                values[name] = value
            elif name == "ConnectionLimit":
                if value is not None and (not isinstance(value, int) or not 0 < value < 2**32):
                    raise ScriptError(f"{identity}: -{name} is {value!r}")
                values[name] = value
            elif name in ("Description", "ProxyFqdn"):
                if value is not None and not isinstance(value, str):
                    raise ScriptError(f"{identity}: -{name} is {value!r}")
                values[name] = value
            else:
                raise ScriptError(f"{identity}: unknown parameter {name}")
        return values

    @staticmethod
    def _domains(identity, present, value):
        """What -AdditionalDomains makes of the domains: null, a list, @{Replace = ...} or @{Remove = ...}."""
        if isinstance(value, dict):
            if [*value] not in (["replace"], ["remove"]):
                raise ScriptError(f"{identity}: -AdditionalDomains {value}")
            ((action, value),) = value.items()
        else:
            action = "replace"
        items = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) and item for item in items):
            raise ScriptError(f"{identity}: -AdditionalDomains has {items}")
        if action == "replace":
            return items
        gone = set(map(folded, items))
        if not gone or gone - set(map(folded, present)):
            raise ScriptError(f"{identity}: removes {items} from {present}")
        return [item for item in present if folded(item) not in gone]


# --- the script ---------------------------------------------------------------------------------------


class Table(dict):
    """A hash table: @{} takes text without regard to case."""

    def __setitem__(self, name, value):
        super().__setitem__(folded(name), value)

    def __getitem__(self, name):
        return self.get(folded(name))

    def __contains__(self, name):
        return super().__contains__(folded(name))


def is_node(node):
    return len(node) > 1 and isinstance(node[1], list)


def parts(node):
    """The children that mean something: no comments, brackets and keywords."""
    return [child for child in node[1:] if child[0] != "comment" and child[0] not in _SILENT]


_SILENT = {"(", ")", "{", "}", "@(", "@{", "[", "]", ",", ".", "=", ";", "|", "if", "else", "foreach", "in"}


def text_of(node):
    if is_node(node):
        raise ScriptError(f"{node[0]} stands where a word was expected")
    return node[1]


def literal(text):
    """What PowerShell makes of a string in single quotes: two quotes of any of the five kinds are one. It would end at a
    quote that stands alone, whatever the grammar thinks."""
    match = VERBATIM.fullmatch(text)
    if not match:
        raise ScriptError(f"a string ends early: {text!r}")
    return re.sub(f"([{QUOTES}])[{QUOTES}]", r"\1", match[1])


def flat(value):
    """What a value is in the pipeline: a list its items, null one null."""
    return value if isinstance(value, list) else [value]


class Script:
    def __init__(self, tree):
        if tree[0] != "program":
            raise ScriptError(f"the script is a {tree[0]}")
        self._only_ascii_outside_strings(tree)
        self.parameters = [child for child in parts(tree) if child[0] == "param_block"]
        self.statements = [child for child in parts(tree) if child[0] != "param_block"]

    def run(self, deployment, what_if=False):
        self.deployment = deployment
        self.variables = {"true": True, "false": False, "null": None, "whatifpreference": what_if}
        if what_if and "SupportsShouldProcess" not in json.dumps(self.parameters):
            raise ScriptError("the script does not take -WhatIf")
        for statement in self.statements:
            self._run(statement)
        return deployment

    def _only_ascii_outside_strings(self, node):
        """Outside a string PowerShell takes further characters for quotes, dashes and blanks."""
        if is_node(node):
            for child in node[1:]:
                self._only_ascii_outside_strings(child)
        elif node[0] != "verbatim_string_characters" and not node[1].isascii():
            raise ScriptError(f"this is no string: {node[1]!r}")

    # Statements: their output, which none of ours has.

    def _run(self, node):
        method = getattr(self, f"_run_{node[0]}", None)
        if method is None:
            raise ScriptError(f"a statement of a kind that no script of ours has: {str(node)[:200]}")
        method(node)

    def _run_statement_list(self, node):
        for child in parts(node):
            self._run(child)

    _run_statement_block = _run_statement_list

    def _run_command(self, node):
        if self._command(node):
            raise ScriptError("a command's output is not used")

    def _run_assignment_expression(self, node):
        target, operator, value = parts(node)
        if text_of(operator) != "=":
            raise ScriptError(f"operator {operator}")
        value = self._value(value)
        if target[0] == "variable":
            self.variables[self._variable(target)] = value
        elif target[0] == "element_access":
            table, name = map(self._value, parts(target))
            table[name] = value
        else:
            raise ScriptError(f"an assignment to {target[0]}")

    def _run_foreach_statement(self, node):
        variable, items, block = parts(node)
        for item in flat(self._value(items)):
            self.variables[self._variable(variable)] = item
            self._run(block)

    def _run_if_statement(self, node):
        condition, block, *otherwise = parts(node)
        chosen = self._value(condition)
        if not isinstance(chosen, bool):
            raise ScriptError(f"a condition is {chosen!r}")
        if chosen:
            self._run(block)
        elif otherwise:
            ((kind, *rest),) = otherwise
            if kind != "else_clause":
                raise ScriptError(kind)
            self._run(parts([kind, *rest])[0])

    # Values.

    @staticmethod
    def _variable(node):
        return text_of(node).removeprefix("$").lower()

    def _value(self, node):
        method = getattr(self, f"_value_{node[0]}", None)
        if method is None:
            raise ScriptError(f"a value of a kind that no script of ours has: {str(node)[:200]}")
        return method(node)

    def _value_variable(self, node):
        name = self._variable(node)
        if name not in self.variables:
            raise ScriptError(f"${name} was never set")
        return self.variables[name]

    def _value_verbatim_string_characters(self, node):
        return literal(text_of(node))

    def _value_decimal_integer_literal(self, node):
        return int(text_of(node))

    def _value_hexadecimal_integer_literal(self, node):
        return int(text_of(node), 16)

    def _value_parenthesized_expression(self, node):
        (inner,) = parts(node)
        return self._value(inner)

    def _value_additive_expression(self, node):
        left, operator, right = parts(node)
        left, right = self._value(left), self._value(right)
        if text_of(operator) != "+" or not isinstance(left, str) or not isinstance(right, str):
            raise ScriptError(f"{left!r} {operator} {right!r}")
        return left + right

    def _value_array_literal_expression(self, node):
        return [self._value(child) for child in parts(node)]

    def _value_array_expression(self, node):
        """@(...): what the statements inside write into the pipeline."""
        return [item for child in parts(node) for item in flat(self._value(child))]

    def _value_hash_literal_expression(self, node):
        entries = []
        for child in parts(node):
            entries += parts(child) if child[0] == "hash_literal_body" else [child]
        table = Table()
        for entry in entries:
            name, value = parts(entry)
            name = text_of(name) if name[0] == "simple_name" else self._value(name)
            if name in table:
                raise ScriptError(f"the key {name} is repeated")
            table[name] = self._value(value)
        return table

    def _value_command(self, node):
        return self._command(node)

    def _value_cast_expression(self, node):
        type_, value = parts(node)
        value = self._value(value)
        if parts(type_) == [["type_identifier", "char"]] and isinstance(value, int) and value < 0x10000:
            return chr(value)
        if parts(type_) != [["type_identifier", "string"]] or not isinstance(value, str):
            raise ScriptError(f"a cast of {value!r}")
        return value

    def _value_member_access(self, node):
        subject, name = parts(node)
        subject, name = self._value(subject), text_of(name)
        if name == "Count" and isinstance(subject, list):
            return len(subject)
        if isinstance(subject, dict) and name in subject:
            return subject[name]
        raise ScriptError(f"{name} of {subject!r}")

    def _value_element_access(self, node):
        table, name = map(self._value, parts(node))
        return table[name]

    def _value_invokation_expression(self, node):
        subject, name, arguments = parts(node)
        if text_of(name) != "ContainsKey" or len(parts(arguments)) != 1:
            raise ScriptError(f"a call of {name}")
        return self._value(parts(arguments)[0]) in self._value(subject)

    def _value_comparison_expression(self, node):
        left, operator, right = parts(node)
        left, operator, right = self._value(left), text_of(operator), self._value(right)
        if operator == "-gt" and isinstance(left, int):
            return left > right
        if operator == "-notcontains" and isinstance(left, list):
            return not any(item is right or (item is not None and right is not None and folded(item) == folded(right)) for item in left)
        raise ScriptError(f"{left!r} {operator} {right!r}")

    def _value_logical_expression(self, node):
        left, operator, right = parts(node)
        if text_of(operator) != "-and":
            raise ScriptError(f"operator {operator}")
        return bool(self._value(left)) and bool(self._value(right))

    def _value_pipeline_chain(self, node):
        source, *stages = parts(node)
        items = flat(self._value(source))
        for stage in stages:
            name, elements = parts(stage)
            if text_of(name) != "Where-Object":
                raise ScriptError(f"{name} in a pipeline")
            (block,) = parts(elements)
            (test,) = parts(block)
            items = [item for item in items if self._holds(test, item)]
        return items

    def _holds(self, test, item):
        self.variables["_"] = item
        return self._value(test)

    # Commands.

    def _command(self, node):
        name, *elements = parts(node)
        verb = text_of(name).removesuffix(SUFFIX)
        is_gateway = text_of(name) == SET_GATEWAY
        if not is_gateway and (verb + SUFFIX != text_of(name) or verb not in ("Get", "New", "Set", "Remove")):
            raise ScriptError(f"the command {text_of(name)!r}")
        arguments = {}
        rest = parts(elements[0]) if elements and elements[0][0] == "command_elements" else elements
        while rest:
            parameter, *rest = rest
            if parameter[0] != "command_parameter":
                raise ScriptError(f"an argument without a name: {str(parameter)[:200]}")
            key = text_of(parameter).removeprefix("-")
            if rest and rest[0] == ["command_argument_sep", ":"]:
                rest = rest[1:]
            elif key == "WhatIf":
                raise ScriptError("a switch takes its value after a colon")
            if not rest or key in arguments:
                raise ScriptError(f"-{key} is repeated or has no value")
            arguments[key] = self._value(rest[0])
            rest = rest[1:]
        return self.deployment.set_gateway(arguments) if is_gateway else self.deployment.run(verb, arguments)

