"""Holds a file against a schema: `validate.py SCHEMA FILE`, JSON Schema or XSD.

Prints what is wrong, one problem a line, and ends with 1 when there is any.
"""

import json
import sys
from pathlib import Path


def problems(schema: Path, file: Path) -> list[str]:
    if schema.suffix == ".xsd":
        from lxml import etree

        rules = etree.XMLSchema(etree.parse(schema))
        rules.validate(etree.parse(file))
        return [f"line {error.line}: {error.message}" for error in rules.error_log]

    from jsonschema import validators

    rules = json.loads(schema.read_text(encoding="utf-8"))
    kind = validators.validator_for(rules)
    kind.check_schema(rules)
    checker = kind(rules, format_checker=kind.FORMAT_CHECKER)
    value = json.loads(file.read_text(encoding="utf-8"))
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(value)]


def main() -> int:
    found = problems(Path(sys.argv[1]), Path(sys.argv[2]))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
