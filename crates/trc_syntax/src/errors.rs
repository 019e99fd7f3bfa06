//! What is said about mistakes in the shape of a file, in one place. The readers
//! run a unit or its budget and have never programmed: a message says what was
//! found and why it matters, the help says what to do.

use trc_base::{Text, TextRange, text};

use crate::blocks::MAX_DEPTH;
use crate::parser::SyntaxError;

fn error(range: TextRange, message: Text, help: Text) -> SyntaxError {
    SyntaxError { range, message, help }
}

/// The four forms of a file's first line, for help texts.
const FIRST_LINES: &str = "`budget 2025 för …`, `verksamhetsplan 2025 för …`, `rapport T1 2025 för …`, `mallar 2025 för …`";

pub(crate) fn too_large(range: TextRange, megabytes: usize) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Filen är större än {megabytes} MB och läses inte. Ingen rapport är så lång, så den innehåller troligen något annat än text.",
            en: "The file is larger than {megabytes} MB and is not read. No report is that long, so it probably holds something other than text.",
        ),
        text!(
            sv: "Ta bort filen ur mappen, eller dela den i flera filer som börjar med samma första rad.",
            en: "Remove the file from the folder, or split it into several files that begin with the same first line.",
        ),
    )
}

pub(crate) fn conflict(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Filen innehåller två versioner av samma ställe, efter att två personer ändrat samtidigt. Bara den första versionen läses, så den andra kan gå förlorad.",
            en: "The file holds two versions of the same place, because two people changed it at the same time. Only the first is read, so the second may be lost.",
        ),
        text!(
            sv: "Välj vilken text som gäller och ta bort raderna som börjar med <<<<<<<, ======= och >>>>>>>. Det kan finnas fler sådana ställen i filen.",
            en: "Choose which text is right and delete the lines that begin with <<<<<<<, ======= and >>>>>>>. There may be more such places in the file.",
        ),
    )
}

pub(crate) fn unclosed_title(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Rubriken börjar med ett citattecken men slutar inte med något, så det är oklart var den tar slut.",
            en: "The title begins with a quotation mark but does not end with one, so it is not clear where it stops.",
        ),
        text!(
            sv: "Skriv ett citattecken (\") där rubriken slutar, på samma rad.",
            en: "Write a quotation mark (\") where the title ends, on the same line.",
        ),
    )
}

pub(crate) fn unclosed_text(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Texten som börjar här avslutas aldrig. Den antas ta slut före nästa deklaration, men det kan ha blivit för tidigt eller för sent.",
            en: "The text that begins here never ends. It is taken to end before the next declaration, but that may be too early or too late.",
        ),
        text!(
            sv: "Skriv \"\"\" på en egen rad efter textens sista rad.",
            en: "Write \"\"\" on a line of its own after the last line of the text.",
        ),
    )
}

pub(crate) fn unclosed_block(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Blocket som öppnas här avslutas aldrig. Det antas ta slut där indraget gör det; är det fel hamnar uppgifter på fel ställe.",
            en: "The block that is opened here is never closed. It is taken to end where its indentation does; if that is wrong, figures end up in the wrong place.",
        ),
        text!(
            sv: "Skriv }} på en egen rad efter blockets sista rad.",
            en: "Write }} on a line of its own after the last line of the block.",
        ),
    )
}

pub(crate) fn stray_brace(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Klammern }} avslutar inget: det finns inget öppet block här. Det som står ovanför kan ha avslutats för tidigt.",
            en: "The brace }} closes nothing: no block is open here. What stands above may have been closed too early.",
        ),
        text!(
            sv: "Ta bort klammern, eller skriv den {{ som saknas längre upp.",
            en: "Delete the brace, or write the {{ that is missing further up.",
        ),
    )
}

pub(crate) fn too_deep(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Här börjar ett block som ligger inuti fler än {MAX_DEPTH} andra. Det läses inte, och inget av det kommer med i rapporten.",
            en: "A block begins here inside more than {MAX_DEPTH} others. It is not read, and nothing in it becomes part of the report.",
        ),
        text!(
            sv: "Kontrollera att blocken ovanför avslutas med }}.",
            en: "Check that the blocks above end with }}.",
        ),
    )
}

pub(crate) fn first_line(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Filens första rad säger inte vilket dokument filen hör till. Utan den vet ingen vilket år och vilken nämnd eller enhet uppgifterna gäller.",
            en: "The first line of the file does not say which document the file belongs to. Without it nobody knows which year and which committee or unit the figures are for.",
        ),
        text!(
            sv: "Börja filen med en av {FIRST_LINES}, eller med `organisation namn \"Namn\"` om filen beskriver organisationen.",
            en: "Begin the file with one of {FIRST_LINES}, or with `organisation name \"Name\"` if the file describes the organisation.",
        ),
    )
}

pub(crate) fn late_first_line(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Den här raden hör hemma först i en fil. Här, längre ner, byter den inte dokument, så det som följer räknas till filens första rad.",
            en: "This line belongs at the top of a file. Down here it does not change the document: what follows still counts with the file's first line.",
        ),
        text!(
            sv: "Flytta raden och det som följer till en egen fil, eller ta bort den.",
            en: "Move the line and what follows to a file of its own, or delete it.",
        ),
    )
}

pub(crate) fn missing_name(range: TextRange, keyword: &str) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Efter `{keyword}` saknas ett namn. Namnet är det som andra ställen hänvisar till.",
            en: "There is no name after `{keyword}`. The name is what other places refer to.",
        ),
        text!(
            sv: "Skriv ett kort namn i ett ord, eller målets nummer, till exempel `{keyword} mitt_namn` eller `mål 1.2`. En rubrik står efter namnet.",
            en: "Write a short name in one word, or the number of the goal, such as `{keyword} my_name` or `mål 1.2`. A title stands after the name.",
        ),
    )
}

pub(crate) fn name_with_blank(range: TextRange, first: &str, found: &str) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Efter namnet `{first}` står `{found}`, som inte hör till namnet. Ett namn är ett enda ord.",
            en: "After the name `{first}` stands `{found}`, which is not part of it. A name is a single word.",
        ),
        text!(
            sv: "Bind ihop orden med understreck, till exempel `{first}_{found}`, sätt citattecken om en rubrik, eller skilj flera namn med komma.",
            en: "Join the words with an underscore, such as `{first}_{found}`, put quotation marks around a title, or separate several names with commas.",
        ),
    )
}

pub(crate) fn unexpected_in_declaration(range: TextRange, found: &str) -> SyntaxError {
    error(
        range,
        text!(
            sv: "`{found}` kan inte stå här. Resten av raden förstås, men det här kommer inte med.",
            en: "`{found}` cannot stand here. The rest of the line is understood, but this is left out.",
        ),
        text!(
            sv: "Ta bort det, eller flytta det in i ett fält. Efter namn och rubrik kan bara {{ eller radens slut följa (och i en tabell `i`, `enligt`, `ur` eller en formel efter =).",
            en: "Delete it, or move it into a field. After a name and title only {{ or the end of the line can follow (and in a table `i`, `enligt`, `ur` or a formula after =).",
        ),
    )
}

pub(crate) fn missing_formula(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Efter = saknas formeln, så det finns inget att räkna ut.",
            en: "There is no formula after =, so there is nothing to compute.",
        ),
        text!(
            sv: "Skriv vad som ska räknas, till exempel `= budget - prognos` eller `= summa`, eller ta bort =.",
            en: "Write what to compute, such as `= budget - prognos` or `= summa`, or delete the =.",
        ),
    )
}

pub(crate) fn missing_line_break(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Här börjar något nytt mitt på raden. Ett fält eller en deklaration tar slut först vid radens slut, så det går att läsa på två sätt.",
            en: "Something new begins in the middle of the line. A field or declaration ends at the end of its line, so this can be read in two ways.",
        ),
        text!(
            sv: "Flytta det till en egen rad.",
            en: "Move it to a line of its own.",
        ),
    )
}

pub(crate) fn empty_file(range: TextRange) -> SyntaxError {
    error(
        range,
        text!(
            sv: "Filen är tom, så den hör inte till något dokument.",
            en: "The file is empty, so it belongs to no document.",
        ),
        text!(
            sv: "Skriv på första raden vilket dokument filen hör till, till exempel `rapport T1 2025 för nämnden`, eller ta bort filen.",
            en: "Say in the first line which document the file belongs to, such as `rapport T1 2025 för nämnden`, or delete the file.",
        ),
    )
}

pub(crate) fn block_without_declaration(range: TextRange, before: &str) -> SyntaxError {
    error(
        range,
        text!(
            sv: "`{before}` öppnar ett block men säger inte vad blocket handlar om. Det som står i blocket läses, men hör inte till något.",
            en: "`{before}` opens a block but does not say what the block is about. What stands in it is read, but belongs to nothing.",
        ),
        text!(
            sv: "Skriv vad det är och dess namn före klammern, till exempel `mål 1.2 {{`. En lång text börjar med \"\"\" i stället för {{.",
            en: "Write what it is and its name before the brace, such as `mål 1.2 {{`. A long text begins with \"\"\" instead of {{.",
        ),
    )
}

pub(crate) fn name_alone(range: TextRange, line: &str) -> SyntaxError {
    error(
        range,
        text!(
            sv: "`{line}` är varken ett fält eller en deklaration, så raden kommer inte med i rapporten.",
            en: "`{line}` is neither a field nor a declaration, so the line is not part of the report.",
        ),
        text!(
            sv: "Är det ett fält, skriv kolon efter fältets namn: `analys: …`. Hör raden till en längre text, ska texten stå mellan två \"\"\".",
            en: "If it is a field, write a colon after the field's name: `analys: …`. If the line belongs to a longer text, that text stands between two \"\"\".",
        ),
    )
}
