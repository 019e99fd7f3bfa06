//! Measured values: `83,33 % (män 85,71 %, kvinnor 78,95 %)`.

use trc_base::decimal::{DecimalError, MAX_DIGITS};
use trc_base::{Decimal, suggest, text};

use super::absence::{ABSENCE_WORDS, absence};
use super::insertion::{checked, insertion};
use super::{Absence, Gender, Measure, Part, Quantity, QuantityKind, ValueError, number, range};
use crate::name::composed;

/// The words for whose value a part is.
pub const GENDER_WORDS: [(&str, Gender); 4] = [
    ("män", Gender::Men),
    ("kvinnor", Gender::Women),
    ("pojkar", Gender::Men),
    ("flickor", Gender::Women),
];

/// Reads a measured value.
///
/// # Errors
/// When the text is not one; the error says what and where.
pub fn measure(text: &str) -> Result<Measure, ValueError> {
    let mut cursor = Cursor { text, at: 0 };
    let measure = cursor.measure()?;
    cursor.skip_blanks();
    if cursor.at < text.len() {
        return Err(cursor.leftover());
    }
    Ok(measure)
}

/// Reads one figure, without parts.
pub(super) fn quantity(text: &str, at: usize) -> Result<Quantity, ValueError> {
    let mut cursor = Cursor { text, at };
    cursor.skip_blanks();
    let quantity = cursor.quantity(Stop::End)?;
    cursor.skip_blanks();
    if cursor.at < text.len() {
        return Err(cursor.leftover());
    }
    Ok(quantity)
}

/// Where a unit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// At a parenthesis, or the end of the text.
    End,
    /// At a comma or a closing parenthesis as well: inside the parts.
    Part,
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn measure(&mut self) -> Result<Measure, ValueError> {
        self.skip_blanks();
        let total = self.quantity(Stop::End)?;
        self.skip_blanks();
        let mut parts = Vec::new();
        let mut parts_absent = None;
        if self.rest().starts_with('(') {
            let opening = self.at;
            self.at += 1;
            loop {
                self.skip_blanks();
                match self.part()? {
                    Given::Part(part) => self.add(&mut parts, part)?,
                    Given::Absence(absence) => parts_absent = Some(absence),
                }
                self.skip_blanks();
                match self.rest().chars().next() {
                    Some(',') => self.at += 1,
                    Some(')') => {
                        self.at += 1;
                        break;
                    }
                    None => return Err(unclosed(opening)),
                    Some(_) => return Err(self.leftover()),
                }
            }
        }
        Ok(Measure { total, parts, parts_absent })
    }

    fn add(&self, parts: &mut Vec<Part>, part: Part) -> Result<(), ValueError> {
        if parts.iter().any(|other| other.gender == part.gender) {
            return Err(ValueError {
                range: part.quantity.range,
                message: text!(
                    sv: "Samma kön står två gånger.",
                    en: "The same gender stands twice.",
                ),
                help: help_parts(),
            });
        }
        parts.push(part);
        Ok(())
    }

    /// `män 1,4 %` or `kön sekretess`.
    fn part(&mut self) -> Result<Given, ValueError> {
        let start = self.at;
        let word = self.word();
        let word_end = self.at;
        let normal = super::normal(word);
        if normal == "kön" {
            return self.absent_parts();
        }
        let Some((_, gender)) = GENDER_WORDS.iter().find(|(known, _)| *known == normal) else {
            return Err(unknown_part(word, start, word_end));
        };
        self.skip_blanks();
        if absence(self.until_part_end()).is_some() {
            return Err(ValueError {
                range: range(start, self.at + self.until_part_end().trim_end().len()),
                message: text!(
                    sv: "Ett kön kan inte saknas ensamt: det går att räkna ut ur totalen.",
                    en: "One gender cannot be absent alone: it can be worked out from the total.",
                ),
                help: text!(sv: "Skriv (kön sekretess).", en: "Write (kön sekretess)."),
            });
        }
        let quantity = self.quantity(Stop::Part)?;
        Ok(Given::Part(Part { gender: *gender, quantity }))
    }

    /// What follows `kön`: the reason may have commas, so it reaches to the end of
    /// the brackets.
    fn absent_parts(&mut self) -> Result<Given, ValueError> {
        self.skip_blanks();
        let start = self.at;
        let words = self.rest().split(')').next().unwrap_or_default();
        self.at += words.len();
        let Some(mut absence) = absence(words) else {
            return Err(ValueError {
                range: range(start, start + words.trim_end().len()),
                message: text!(
                    sv: "Efter ”kön” väntas varför könen inte redovisas.",
                    en: "After “kön” the reason why the genders are not given is expected.",
                ),
                help: text!(
                    sv: "Skriv till exempel (kön sekretess) eller (kön ej mätt).",
                    en: "Write for example (kön sekretess) or (kön ej mätt).",
                ),
            });
        };
        let offset = range(0, start).len();
        absence.range = absence.range.checked_add(offset).unwrap_or(absence.range);
        Ok(Given::Absence(absence))
    }

    fn until_part_end(&self) -> &'a str {
        self.rest().split([',', ')']).next().unwrap_or_default()
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let len = rest.find(|c: char| !super::is_letter(c)).unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    fn quantity(&mut self, stop: Stop) -> Result<Quantity, ValueError> {
        let start = self.at;
        let rest = self.rest();
        let kind = if rest.starts_with('{') {
            let Some(insertion) = insertion(self.text, start) else {
                return Err(unclosed_insertion(start));
            };
            self.at = insertion.range.end().into();
            QuantityKind::Inserted(insertion)
        } else if rest.starts_with('[') {
            let Some(checked) = checked(self.text, start) else {
                return Err(unbound_brackets(start, self.text.trim_end().len()));
            };
            self.at = checked.range().end().into();
            QuantityKind::Checked {
                typed: checked.typed,
                typed_range: checked.typed_range,
                insertion: checked.insertion,
            }
        } else {
            self.number_or_share(stop)?
        };
        Ok(Quantity { range: range(start, self.at), kind })
    }

    fn number_or_share(&mut self, stop: Stop) -> Result<QuantityKind, ValueError> {
        let value = self.number()?;
        let after_number = self.at;
        self.skip_blanks();
        let rest = self.rest();
        if let Some(after) = strip_word(rest, "av") {
            self.at += rest.len() - after.len();
            self.skip_blanks();
            if !self.rest().starts_with(|c: char| c.is_ascii_digit()) {
                return Err(self.not_a_number());
            }
            let start = self.at;
            let whole = self.number()?;
            if whole.is_zero() {
                return Err(share_of_nothing(start, self.at));
            }
            return Ok(QuantityKind::Share { part: value, whole });
        }
        let unit = self.unit(stop)?;
        if unit.is_none() {
            self.at = after_number;
        }
        Ok(QuantityKind::Number { value, unit })
    }

    fn number(&mut self) -> Result<Decimal, ValueError> {
        let Some((len, value)) = number::signed_prefix(self.rest()) else {
            return Err(self.not_a_number());
        };
        let start = self.at;
        self.at += len;
        let typed = self.text.get(start..self.at).unwrap_or_default();
        value.map_err(|error| bad_number(error, typed, start))
    }

    /// What follows the number up to where it must end.
    fn unit(&mut self, stop: Stop) -> Result<Option<String>, ValueError> {
        let rest = self.rest();
        let len = rest
            .find(|c| {
                matches!(c, '(' | '[' | '{') || (stop == Stop::Part && matches!(c, ',' | ')'))
            })
            .unwrap_or(rest.len());
        let unit = rest.get(..len).unwrap_or_default().trim_end();
        if unit.is_empty() {
            return Ok(None);
        }
        if let Some(error) = self.no_unit(unit) {
            return Err(error);
        }
        self.at += unit.len();
        Ok(Some(composed(unit).into_owned()))
    }

    /// What is wrong with a text that should be a unit.
    fn no_unit(&self, unit: &str) -> Option<ValueError> {
        let first = unit.chars().next()?;
        let next_is_digit = unit
            .get(first.len_utf8()..)
            .is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        let whole = range(self.at, self.at + unit.len());
        if first.is_ascii_digit() {
            return Some(ValueError {
                range: whole,
                message: text!(
                    sv: "Efter talet står fler siffror: ”{unit}”.",
                    en: "More digits follow the number: “{unit}”.",
                ),
                help: text!(
                    sv: "Siffror skrivs i grupper om tre: 3 936,6.",
                    en: "Digits are written in groups of three: 3 936,6.",
                ),
            });
        }
        if first == '/' && next_is_digit {
            return Some(ValueError {
                range: whole,
                message: text!(
                    sv: "Ett bråk kan inte läsas som ett värde.",
                    en: "A fraction cannot be read as a value.",
                ),
                help: text!(
                    sv: "Skriv antalen med ”av”: 35 av 42.",
                    en: "Write the counts with “av”: 35 av 42.",
                ),
            });
        }
        if number::MINUS.contains(&first) && next_is_digit {
            return Some(ValueError {
                range: whole,
                message: text!(
                    sv: "Ett värde är ett tal, inte ett intervall.",
                    en: "A value is one number, not a range.",
                ),
                help: text!(
                    sv: "Skriv ett tal här och intervallet i analysen.",
                    en: "Write one number here and the range in the analysis.",
                ),
            });
        }
        if unit.contains(',')
            || !(super::is_letter(first) || matches!(first, '%' | '‰' | '°' | '€'))
        {
            return Some(self.leftover());
        }
        None
    }

    fn not_a_number(&self) -> ValueError {
        let rest = self.rest().trim_end();
        let words = rest.split([',', '(']).next().unwrap_or_default().trim_end();
        let end = self.at + rest.split_whitespace().next().map_or(0, str::len);
        let absent = ABSENCE_WORDS.iter().map(|(word, _)| *word);
        if rest.is_empty() {
            return ValueError {
                range: range(self.at, self.at),
                message: text!(sv: "Här väntas ett tal.", en: "A number is expected here."),
                help: text!(
                    sv: "Skriv värdet, eller varför det saknas: ej mätt, redovisas T2 2025.",
                    en: "Write the value, or why there is none: ej mätt, redovisas T2 2025.",
                ),
            };
        }
        let help = match suggest::nearest(words, absent) {
            Some(word) => text!(sv: "Menade du ”{word}”?", en: "Did you mean “{word}”?"),
            None => text!(
                sv: "Skriv till exempel 83,3 % eller 35 av 42. Saknas värdet skrivs ej mätt, bortfall, ej tillämplig eller sekretess, ett komma och orsaken.",
                en: "Write for example 83,3 % or 35 av 42. If there is no value, write ej mätt, bortfall, ej tillämplig or sekretess, a comma and the reason.",
            ),
        };
        let typed = self.text.get(self.at..end).unwrap_or_default();
        ValueError {
            range: range(self.at, end),
            message: text!(
                sv: "Här väntas ett tal, inte ”{typed}”.",
                en: "A number is expected here, not “{typed}”.",
            ),
            help,
        }
    }

    /// Something follows a value that is complete.
    fn leftover(&self) -> ValueError {
        let typed = self.rest().trim();
        ValueError {
            range: range(self.at, self.at + self.rest().trim_end().len()),
            message: text!(
                sv: "Efter värdet står något som inte hör dit: ”{typed}”.",
                en: "Something follows the value that does not belong to it: “{typed}”.",
            ),
            help: text!(
                sv: "Ett värde är ett tal, en enhet och könens värden inom parentes. Förklaringar skrivs i analysen.",
                en: "A value is a number, a unit and the genders' values in brackets. Explanations belong in the analysis.",
            ),
        }
    }
}

enum Given {
    Part(Part),
    Absence(Absence),
}

/// The text after a word, when it begins with that word.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let after = text.strip_prefix(word)?;
    (!after.starts_with(super::is_letter)).then_some(after)
}

fn share_of_nothing(start: usize, end: usize) -> ValueError {
    ValueError {
        range: range(start, end),
        message: text!(
            sv: "En andel av noll finns inte.",
            en: "There is no share of zero.",
        ),
        help: text!(
            sv: "Skriv varför det inte finns något värde: ej tillämplig, ingen har svarat.",
            en: "Write why there is no value: ej tillämplig, ingen har svarat.",
        ),
    }
}

/// What is wrong with the digits that were typed.
pub(super) fn bad_number(error: DecimalError, typed: &str, start: usize) -> ValueError {
    let (message, help) = match error {
        DecimalError::DecimalPoint => {
            let right = typed.replacen('.', ",", 1);
            (
                text!(
                    sv: "{typed} är skrivet med decimalpunkt.",
                    en: "{typed} is written with a decimal point.",
                ),
                text!(sv: "Skriv decimalkomma: {right}", en: "Write a decimal comma: {right}"),
            )
        }
        DecimalError::TooLong => (
            text!(
                sv: "Talet har fler än {MAX_DIGITS} siffror och kan inte räknas exakt.",
                en: "The number has more than {MAX_DIGITS} digits and cannot be calculated exactly.",
            ),
            text!(sv: "Kontrollera talet.", en: "Check the number."),
        ),
        DecimalError::Malformed => (
            text!(
                sv: "”{typed}” är inte skrivet som ett tal.",
                en: "“{typed}” is not written as a number.",
            ),
            text!(
                sv: "Skriv till exempel 4,8 eller 3 936,6.",
                en: "Write for example 4,8 or 3 936,6.",
            ),
        ),
    };
    ValueError { range: range(start, start + typed.len()), message, help }
}

fn unknown_part(word: &str, start: usize, end: usize) -> ValueError {
    let known = GENDER_WORDS.iter().map(|(word, _)| *word);
    let help = match suggest::nearest(word, known).filter(|_| !word.is_empty()) {
        Some(near) => text!(sv: "Menade du ”{near}”?", en: "Did you mean “{near}”?"),
        None => help_parts(),
    };
    ValueError {
        range: range(start, end),
        message: text!(
            sv: "Inom parentes efter ett värde står könens värden.",
            en: "In brackets after a value stand the values of the genders.",
        ),
        help,
    }
}

fn help_parts() -> trc_base::Text {
    text!(
        sv: "Skriv till exempel (män 1,4 %, kvinnor 34,3 %), (pojkar 3, flickor 5) eller (kön sekretess).",
        en: "Write for example (män 1,4 %, kvinnor 34,3 %), (pojkar 3, flickor 5) or (kön sekretess).",
    )
}

fn unclosed(at: usize) -> ValueError {
    ValueError {
        range: range(at, at + 1),
        message: text!(sv: "Parentesen stängs inte.", en: "The parenthesis is not closed."),
        help: text!(
            sv: "Skriv ”)” efter könens värden.",
            en: "Write “)” after the genders' values.",
        ),
    }
}

fn unclosed_insertion(at: usize) -> ValueError {
    ValueError {
        range: range(at, at + 1),
        message: text!(sv: "”{{” stängs inte.", en: "“{{” is not closed."),
        help: text!(
            sv: "Skriv ”}}” efter det som ska infogas.",
            en: "Write “}}” after what is to be inserted.",
        ),
    }
}

fn unbound_brackets(start: usize, end: usize) -> ValueError {
    ValueError {
        range: range(start, end),
        message: text!(
            sv: "Hakparentesen är inte knuten till något värde.",
            en: "The square brackets are not tied to any value.",
        ),
        help: text!(
            sv: "Skriv det som talet ska kontrolleras mot direkt efter: [98,8 %]{{andel(a, b)}}.",
            en: "Write what the number is to be checked against directly after it: [98,8 %]{{andel(a, b)}}.",
        ),
    }
}
