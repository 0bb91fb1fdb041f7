"""Stores that something went wrong with: each mutant is a copy of a sound one with one change, below SQLite or by SQL
with the constraints lifted. The same number gives the same mutant."""

import json
import random
import sqlite3
import struct

PAGE = 4096
HEADER = 100  # octets before the first page's own header


# --- changes of the file -------------------------------------------------------------------------------


def _pages(octets):
    return len(octets) // PAGE


def _place(chance, octets):
    """An offset; mostly one with something in it."""
    for _ in range(20):
        place = chance.randrange(len(octets))
        if octets[place]:
            return place
    return place


def flipped_bit(chance, octets):
    octets[_place(chance, octets)] ^= 1 << chance.randrange(8)


def flipped_bits(chance, octets):
    for _ in range(chance.randint(2, 8)):
        flipped_bit(chance, octets)


def other_octet(chance, octets):
    octets[_place(chance, octets)] = chance.randrange(256)


def other_letter(chance, octets):
    """A letter or digit becomes another one: what is left looks right."""
    places = [place for place in range(len(octets)) if chr(octets[place]).isalnum() and octets[place] < 0x80]
    place = chance.choice(places)
    letters = b"0123456789" if chr(octets[place]).isdigit() else b"abcdefghijklmnopqrstuvwxyz"
    octets[place] = chance.choice(letters)


def zeroed_page(chance, octets):
    page = chance.randrange(_pages(octets))
    octets[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)


def swapped_pages(chance, octets):
    left, right = (chance.randrange(_pages(octets)) * PAGE for _ in range(2))
    octets[left : left + PAGE], octets[right : right + PAGE] = octets[right : right + PAGE], octets[left : left + PAGE]


def copied_page(chance, octets):
    source, target = (chance.randrange(_pages(octets)) * PAGE for _ in range(2))
    octets[target : target + PAGE] = octets[source : source + PAGE]


def zeroed_range(chance, octets):
    start = _place(chance, octets)
    end = min(len(octets), start + chance.choice((2, 16, 64, 512)))
    octets[start:end] = bytes(end - start)


def truncated(chance, octets):
    whole = chance.randrange(_pages(octets)) * PAGE
    del octets[chance.choice((whole, whole + chance.randrange(PAGE), len(octets) - chance.randint(1, 64))) :]


def swapped_cells(chance, octets):
    """Two cells of one page change places, or one is there twice."""
    pages = []
    for page in range(_pages(octets)):
        start = page * PAGE + (HEADER if page == 0 else 0)
        count = struct.unpack_from(">H", octets, start + 3)[0]
        if octets[start] in (2, 5, 10, 13) and 2 <= count < 500:
            pages.append((start + (12 if octets[start] in (2, 5) else 8), count))
    first, count = chance.choice(pages)
    left, right = (first + 2 * number for number in chance.sample(range(count), 2))
    values = octets[left : left + 2], octets[right : right + 2]
    octets[right : right + 2] = values[0]
    if chance.random() < 0.7:
        octets[left : left + 2] = values[1]


FILE_CHANGES = (
    flipped_bit, flipped_bit, flipped_bits, other_octet, other_letter, other_letter, zeroed_page, swapped_pages, copied_page,
    zeroed_range, truncated, swapped_cells,
)  # fmt: skip


# --- changes by SQL ------------------------------------------------------------------------------------


def _tables(database):
    return [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]


def _columns(database, table):
    """Each with its type, and whether it is of the key."""
    return [(row[1], row[2], row[5] > 0) for row in database.execute(f"PRAGMA table_info({table})")]


def _row(chance, database):
    """A table with rows, its columns, and one row by a condition that holds for it alone."""
    while True:
        table = chance.choice(_tables(database))
        rows = database.execute(f"SELECT * FROM {table}").fetchall()
        if rows:
            columns = _columns(database, table)
            row = chance.choice(sorted(rows, key=repr))
            key = [(name, value) for (name, _, is_key), value in zip(columns, row) if is_key]
            return table, columns, row, (" AND ".join(f"{name} IS ?" for name, _ in key), [value for _, value in key])


def _other_json(chance, value):
    """The same with one value or key of it changed."""
    if isinstance(value, dict) and value:
        key = chance.choice(sorted(value))
        what = chance.randrange(6)
        if what == 0:
            del value[key]
        elif what == 1:
            value[key + "x"] = value.pop(key)
        else:
            value[key] = _other_json(chance, value[key])
        return value
    if isinstance(value, list) and value:
        if chance.random() < 0.3:
            del value[chance.randrange(len(value))]
        else:
            place = chance.randrange(len(value))
            value[place] = _other_json(chance, value[place])
        return value
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice((-1, 1, 1000))
    if isinstance(value, str):
        return _other_text(chance, value)
    return chance.choice(("x", 1, True, []))


def _other_text(chance, text):
    if not text or chance.random() < 0.1:
        return text + chance.choice("xX0 \t")
    place = chance.randrange(len(text))
    letter = str((int(text[place]) + 1) % 10) if text[place].isdigit() and text[place].isascii() else chance.choice("abcxyz")
    return text[:place] + letter + text[place + 1 :]


WORDS = ("required", "optional", "not-supported", "federated", "public-verified", "public-unverified", "pending", "issued", "assigned",
         "replaced", "cancelled", "retired", "superseded", "rsa", "ec", "P-256", "P-384", "sip", "xmpp", "partner", "edge", "cert-request", "partner.update",
         "partner.create", "cert.cancel", "edge.update", "gateway", "gateway.update", "fabrikam.com", "2026-01-01T00:00:00Z", "", "{}", "[]", "{")  # fmt: skip


def other_value(chance, database):
    table, columns, row, (condition, key) = _row(chance, database)
    place = chance.randrange(len(columns))
    name, kind, _ = columns[place]
    value, what = row[place], chance.randrange(8)
    new = "?"
    if kind == "INTEGER":
        value = chance.choice((0, 1, 2, -1, (value or 0) + 1, 2**31, 2**40))
    elif what == 0:
        new, value = "CAST(? AS TEXT)", (value or "").encode() + b"\xff"
    elif what == 1:
        value = chance.choice(WORDS)
    elif what == 2:
        others = [other for (other,) in database.execute(f"SELECT {name} FROM {table} ORDER BY 1")]
        value = chance.choice(others)
    elif what == 3:
        value = None
    elif value and value[0] in "{[":
        value = json.dumps(_other_json(chance, json.loads(value)), ensure_ascii=False, separators=(",", ":"))
    else:
        value = _other_text(chance, value or "")
    database.execute(f"UPDATE {table} SET {name} = {new} WHERE {condition}", [value, *key])
    return f"{table}.{name}"


def lost_row(chance, database):
    table, _, _, (condition, key) = _row(chance, database)
    database.execute(f"DELETE FROM {table} WHERE {condition}", key)
    return table


def doubled_row(chance, database):
    table, columns, row, _ = _row(chance, database)
    values = [value + chance.choice((1, 7)) if isinstance(value, int) else f"x{value}" if is_key else value
              for (_, _, is_key), value in zip(columns, row)]  # fmt: skip
    database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    return table


def swapped_values(chance, database):
    """A value of two rows of a table, one for the other."""
    while True:
        table, columns, row, (condition, key) = _row(chance, database)
        others = [other for other in database.execute(f"SELECT * FROM {table} ORDER BY 1") if other != row]
        free = [place for place, (_, _, is_key) in enumerate(columns) if not is_key]
        if others and free:
            break
    other, place = chance.choice(others), chance.choice(free)
    name = columns[place][0]
    other_key = [value for (_, _, is_key), value in zip(columns, other) if is_key]
    database.execute(f"UPDATE {table} SET {name} = ? WHERE {condition}", [other[place], *key])
    database.execute(f"UPDATE {table} SET {name} = ? WHERE {condition}", [row[place], *other_key])
    return f"{table}.{name}"


def other_schema(chance, database):
    """The statement of a table or index: two of its words change places, or a letter is another."""
    database.execute("PRAGMA writable_schema = ON")
    name, sql = chance.choice(database.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall())
    if chance.random() < 0.1:
        database.execute("DELETE FROM sqlite_schema WHERE name = ?", [name])
        return name
    if chance.random() < 0.5:
        words = [word for word, _, _ in _columns(database, name)] or sql.split()
        left, right = chance.choice(words), chance.choice(words)
        new = sql.replace(left, "\0").replace(right, left).replace("\0", right)
    else:
        new = _other_text(chance, sql)
    database.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", [new, name])
    return name


def other_pragma(chance, database):
    name = chance.choice(("user_version", "application_id"))
    value = database.execute(f"PRAGMA {name}").fetchone()[0]
    database.execute(f"PRAGMA {name} = {chance.choice((0, value - 1, value + 1, value ^ (1 << chance.randrange(30))))}")
    return name


def without_constraint(chance, database):
    """A column that SQLite may be told to forget."""
    tables = _tables(database)
    table = chance.choice(tables)
    name = chance.choice([name for name, _, is_key in _columns(database, table) if not is_key] or ["none"])
    database.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
    return f"{table}.{name}"


SQL_CHANGES = (
    other_value, other_value, other_value, other_value, other_value, lost_row, doubled_row, swapped_values, swapped_values,
    other_schema, other_pragma, without_constraint,
)  # fmt: skip


# --- mutants -------------------------------------------------------------------------------------------


def mutate(sound, target, number):
    """Makes the mutant of that number of a sound store; says what was done. None when SQLite has none of it."""
    chance = random.Random(number)
    octets = bytearray(sound.read_bytes())
    if chance.random() < 0.5:
        change = chance.choice(FILE_CHANGES)
        change(chance, octets)
        target.write_bytes(octets)
        target.chmod(0o600)
        return change.__name__
    target.write_bytes(octets)
    target.chmod(0o600)
    database = sqlite3.connect(target, isolation_level=None)
    try:
        database.execute("PRAGMA ignore_check_constraints = ON")
        change = chance.choice(SQL_CHANGES)
        return f"{change.__name__} {change(chance, database)}"
    except sqlite3.Error:
        return None
    finally:
        database.close()
