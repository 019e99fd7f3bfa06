//! A mark: who vouches for a content, when, and for which content.

use trc_base::{Date, Text, TextRange, text};

use super::{ValueError, range};

/// `Stadsdelsdirektör, 2025-05-20, v1:7f3a-91c2-0b1e-44d0-a1b2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The name or role, which may hold commas.
    pub who: String,
    pub date: Date,
    /// What tells the content that the mark is for, as it was written.
    pub fingerprint: Option<String>,
}

/// Reads a mark.
///
/// # Errors
/// The part that cannot be read, and what to write instead.
pub fn mark(text: &str) -> Result<Mark, ValueError> {
    let (rest, fingerprint) = match text.rsplit_once(',') {
        Some((rest, last)) if last.contains(':') => (rest, Some(last.trim())),
        _ => (text, None),
    };
    if let Some(fingerprint) = fingerprint
        && !is_fingerprint(fingerprint)
    {
        let start = text.len().saturating_sub(fingerprint.len());
        return Err(wrong(
            range(start, text.trim_end().len()),
            text!(
                sv: "”{fingerprint}” är inget fingeravtryck, så ingen kan se vilket innehåll raden gäller.",
                en: "“{fingerprint}” is no fingerprint, so nobody can tell which content the line is for.",
            ),
        ));
    }
    let Some((who, date)) = rest.rsplit_once(',') else {
        return Err(no_date(text));
    };
    let (who, Some(date)) = (who.trim(), Date::parse(date.trim())) else {
        return Err(no_date(text));
    };
    if who.is_empty() {
        return Err(wrong(
            range(0, text.len()),
            text!(
                sv: "”{text}” säger inte vem raden gäller.",
                en: "“{text}” does not say whose line it is.",
            ),
        ));
    }
    Ok(Mark { who: who.to_owned(), date, fingerprint: fingerprint.map(str::to_owned) })
}

/// A version and five groups of four digits: `v1:7f3a-91c2-0b1e-44d0-a1b2`.
fn is_fingerprint(text: &str) -> bool {
    let Some((version, digits)) = text.strip_prefix('v').and_then(|text| text.split_once(':'))
    else {
        return false;
    };
    let is_hex = |c: char| matches!(c, '0'..='9' | 'a'..='f');
    let mut groups = 0_usize;
    version.parse::<u16>().is_ok()
        && digits.split('-').all(|group| {
            groups = groups.saturating_add(1);
            group.len() == 4 && group.chars().all(is_hex)
        })
        && groups == 5
}

fn no_date(text: &str) -> ValueError {
    wrong(
        range(0, text.len()),
        text!(
            sv: "”{text}” säger inte vem och när.",
            en: "“{text}” does not say who and when.",
        ),
    )
}

fn wrong(range: TextRange, message: Text) -> ValueError {
    ValueError {
        range,
        message,
        help: text!(
            sv: "Skriv namn eller roll, komma och datum: ”Stadsdelsdirektör, 2025-05-20”. Fingeravtrycket skriver ”trc attest”.",
            en: "Write name or role, comma and date: “Stadsdelsdirektör, 2025-05-20”. The fingerprint is written by “trc attest”.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let read = |text: &str| {
            mark(text).map(|m| (m.who, m.date.to_string(), m.fingerprint)).map_err(|error| {
                let range: std::ops::Range<usize> = error.range.into();
                text[range].to_owned()
            })
        };
        let date = || "2025-05-20".to_owned();
        assert_eq!(
            read("Chef, norra, 2025-05-20, v1:7f3a-91c2-0b1e-44d0-a1b2"),
            Ok(("Chef, norra".into(), date(), Some("v1:7f3a-91c2-0b1e-44d0-a1b2".into())))
        );
        assert_eq!(read("Åsa Exempel,2025-05-20"), Ok(("Åsa Exempel".into(), date(), None)));
        for whole in ["Åsa Exempel", "2025-05-20", ", 2025-05-20", "Åsa, igår", "Åsa, 2025-02-30"]
        {
            assert_eq!(read(whole), Err(whole.to_owned()), "{whole}");
        }
        for wrong in
            ["v1:7f3a", "v1:7F3A-91c2-0b1e-44d0-a1b2", "x1:7f3a-91c2-0b1e-44d0-a1b2", "v:å"]
        {
            assert_eq!(read(&format!("Åsa, 2025-05-20, {wrong}")), Err(wrong.to_owned()));
        }
    }
}
