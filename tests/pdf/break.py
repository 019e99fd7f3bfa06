"""Breaks a sound PDF, in one way for each file.

    break.py GOOD.pdf OUTDIR [--only WAY]

Writes OUTDIR/<way>.pdf for every way in WAYS. `none` is the same file saved again
unchanged: the validator must accept it, or its verdict on the others says nothing about
what was broken. The names are printed, one a line.
"""

import argparse
import pathlib
import re

import pikepdf


def without_language(pdf):
    del pdf.Root.Lang


def without_title(pdf):
    edit_metadata(pdf, rb"<dc:title>.*?</dc:title>")
    if "/Title" in pdf.docinfo:
        del pdf.docinfo["/Title"]


def without_alternative_text(pdf):
    figure = first(pdf, lambda element: element.get("/S") == "/Figure" and "/Alt" in element)
    del figure.Alt


def skipped_heading(pdf):
    # The first heading is a level 1, so the first of level 2 follows one: make it a 4.
    first(pdf, lambda element: element.get("/S") == "/H2").S = pikepdf.Name("/H4")


def unembedded_font(pdf):
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            programs = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in item]
            if programs:
                for key in programs:
                    del item[key]
                return
    raise SystemExit("the PDF has no font to take out")


def without_tags(pdf):
    del pdf.Root.StructTreeRoot
    del pdf.Root.MarkInfo


def without_archive_identifier(pdf):
    edit_metadata(pdf, rb"<pdfaid:(\w+)>.*?</pdfaid:\1>")


def ends_with_carriage_return(pdf):
    # Nothing is wrong with such a stream; the validator believes so.
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes() + b"\r")


def english(pdf):
    pdf.Root.Lang = "en"


def without_scope(pdf):
    cell = first(pdf, lambda element: element.get("/S") == "/TH")
    del cell.A


WAYS = {
    # The ways that the two profiles must forbid.
    "language": without_language,
    "title": without_title,
    "alternative-text": without_alternative_text,
    "heading-skip": skipped_heading,
    "unembedded-font": unembedded_font,
    "no-tags": without_tags,
    "no-archive-identifier": without_archive_identifier,
    # The ways that only our own checks see.
    "english": english,
    "header-scope": without_scope,
    # The ways that show what the verdicts are worth.
    "none": lambda pdf: None,
    "carriage-return": ends_with_carriage_return,
    "wrong-length": ends_with_carriage_return,
}


def first(pdf, wanted):
    """The first structure element, in reading order, that is wanted."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(reversed(list(item)))
        elif isinstance(item, pikepdf.Dictionary):
            if "/S" in item and wanted(item):
                return item
            if "/K" in item:
                waiting.append(item.K)
    raise SystemExit("the PDF has no element to break")


def edit_metadata(pdf, pattern):
    before = pdf.Root.Metadata.read_bytes()
    after = re.sub(pattern, b"", before, flags=re.DOTALL)
    if after == before:
        raise SystemExit(f"the metadata has nothing like {pattern!r}")
    pdf.Root.Metadata.write(after)


def shorten_length(file):
    """States the length of the metadata 9 bytes short, in the bytes of the file: a library would mend it."""
    data = file.read_bytes()
    dictionary = re.search(rb"<<[^<>]*/Type /Metadata\b[^<>]*>>", data)
    stated = dictionary and re.search(rb"/Length (\d+)", dictionary.group())
    if not stated:
        raise SystemExit("the metadata states no length")
    start, end = (dictionary.start() + place for place in stated.span(1))
    shorter = b"%0*d" % (end - start, int(stated.group(1)) - 9)
    file.write_bytes(data[:start] + shorter + data[end:])


def main():
    arguments = argparse.ArgumentParser(description="Breaks a sound PDF, in one way for each file.")
    arguments.add_argument("good")
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--only", choices=WAYS, action="append")
    asked = arguments.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name in asked.only or WAYS:
        file = asked.folder / f"{name}.pdf"
        with pikepdf.open(asked.good) as pdf:
            WAYS[name](pdf)
            pdf.save(file, fix_metadata_version=False, deterministic_id=True)
        if name == "wrong-length":
            shorten_length(file)
        print(name)


if __name__ == "__main__":
    main()
