"""Validates PDF files against the named profiles and prints one JSON document.

    validate.py FILE... --profile ua1 --profile 3a [--language sv-SE]

The verdict is page-validation's. Three things are added here, and told apart by their
names:

- `STREAM-LENGTH-001` is dismissed when the bytes of the file show that it is wrong. The
  validator takes a carriage return at the end of a stream's data for an end of line.
- `OWN-TABLE-HEADER-001`: a table without header cells, or a header cell without scope.
  The validator does not look at either.
- `OWN-LANGUAGE-001`: with `--language`, the document's language is another one. A
  typesetter that falls back to English makes a file that no profile objects to.

Exit status 1 when a file does not hold.
"""

import argparse
import json
import re
import sys

import page
import pikepdf


def main():
    arguments = argparse.ArgumentParser(description="Validates PDF files.")
    arguments.add_argument("files", nargs="+")
    arguments.add_argument("--profile", action="append", required=True, dest="profiles")
    arguments.add_argument("--language")
    asked = arguments.parse_args()

    verdicts = [verdict(file, asked.profiles, asked.language) for file in asked.files]
    json.dump(verdicts, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0 if all(one["compliant"] for one in verdicts) else 1


def verdict(file, profiles, language):
    failures, dismissed = [], []
    for profile in profiles:
        report = page.validate_pdf(file, profile=profile)
        for failure in report.failures:
            entry = {
                "profile": profile,
                "rule": failure.rule_id,
                "message": failure.message,
                "object": failure.object_id.object_number if failure.object_id else None,
            }
            wrong = failure.rule_id.endswith("STREAM-LENGTH-001") and length_is_right(file, entry["object"])
            (dismissed if wrong else failures).append(entry)
        if not report.is_compliant and not report.failures:
            failures.append({"profile": profile, "rule": "", "message": "not compliant, without a reason", "object": None})
    failures.extend(own_checks(file, language))
    return {
        "file": file,
        "profiles": profiles,
        "compliant": not failures,
        "failures": failures,
        "dismissed": dismissed,
    }


def length_is_right(file, number):
    """Whether the stream's /Length ends exactly before `endstream`, a line end between them allowed.

    Read from the bytes of the file: a PDF library would mend a wrong length on opening.
    """
    if number is None:
        return False
    with open(file, "rb") as source:
        data = source.read()
    begin = re.search(rb"(?<!\d)%d 0 obj\b(.*?)\bstream(?:\r\n|\n)" % number, data, re.DOTALL)
    if begin is None:
        return False
    length = re.search(rb"/Length (\d+)(?! \d+ R)\b", begin.group(1))
    if length is None:
        return False
    return re.match(rb"(\r\n|\n|\r)?endstream\b", data[begin.end() + int(length.group(1)) :][:16]) is not None


def own_checks(file, language):
    with pikepdf.open(file) as pdf:
        if language is not None:
            stated = str(pdf.Root.get("/Lang", ""))
            if stated != language:
                yield own("OWN-LANGUAGE-001", f"the document's language is {stated or 'not stated'}, not {language}", pdf.Root)
        for table in elements(pdf, "/Table"):
            headers = [cell for cell in inside(table) if cell.get("/S") == "/TH"]
            if not headers:
                yield own("OWN-TABLE-HEADER-001", "a table has no header cell", table)
            elif not all(has_scope(cell) for cell in headers):
                yield own("OWN-TABLE-HEADER-001", "a header cell does not say whether it is for a row or a column", table)


def own(rule, message, thing):
    return {"profile": "own", "rule": rule, "message": message, "object": thing.objgen[0]}


def elements(pdf, kind):
    root = pdf.Root.get("/StructTreeRoot")
    return [] if root is None else [element for element in inside(root) if element.get("/S") == kind]


def inside(element):
    """Every structure element below one, in reading order."""
    found, waiting = [], [element.get("/K")]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(reversed(list(item)))
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            found.append(item)
            waiting.append(item.get("/K"))
    return found


def has_scope(cell):
    attributes = cell.get("/A", [])
    dictionaries = [attributes] if isinstance(attributes, pikepdf.Dictionary) else list(attributes)
    return any("/Scope" in each for each in dictionaries if isinstance(each, pikepdf.Dictionary))


if __name__ == "__main__":
    sys.exit(main())
